import {
  ScenelabError,
  type DigitAnswer,
  type Drawing,
  type ImageShape,
  type LookAtDigitInput,
} from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { readLabNetwork } from '../lab/kept-networks.ts';
import { imagesAt } from '../lab/vary-images.ts';
import { centreDigit, fieldSide, type Grey } from './centre-digit.ts';

/**
 * What a kept network that was trained on digits makes of a drawing: a probability for each class, and the maps of every
 * layer. The drawing is brought to MNIST's form, then to the network's input as digits are in training.
 * @throws ScenelabError NOT_FOUND, MODEL_INVALID for a network that learned something else, USAGE for a drawing that has another
 * size than it says.
 */
export async function lookAtDigit(
  compute: Compute,
  { network: id, drawing }: LookAtDigitInput,
): Promise<DigitAnswer> {
  const { name, data, dataName, input } = readLabNetwork(id);
  if (data.kind !== 'mnist')
    throw new ScenelabError(
      'MODEL_INVALID',
      `${name} was trained on ${dataName}`,
      'a network that was trained on digits',
      'Choose another, or train one',
    );
  const digit = centreDigit(readDrawing(drawing));
  const field = digit ?? new Uint8Array(fieldSide * fieldSide);
  const images = { pixels: field, shape: [fieldSide, fieldSide, 1] satisfies ImageShape };
  const pixels = imagesAt(images, Int32Array.of(0), { shape: input });
  const model = { kind: 'lab', id } as const;
  const { answer, classNames, maps } = await compute.call('lookAtPixels', { model, pixels, layers: 'all' });
  return {
    digit: digit && Buffer.from(digit).toString('base64'),
    predictions: classNames.map((className, i) => ({ className, probability: answer[i] ?? 0 })),
    layers: maps,
  };
}

function readDrawing({ height, width, values }: Drawing): Grey {
  const bytes = Uint8Array.from(Buffer.from(values, 'base64'));
  if (bytes.length === height * width) return { height, width, values: bytes };
  throw new ScenelabError(
    'USAGE',
    `A drawing has ${bytes.length} values`,
    `${height} × ${width}`,
    'Draw again',
  );
}
