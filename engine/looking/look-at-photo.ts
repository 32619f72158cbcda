import {
  ScenelabError,
  type ClassProbability,
  type FeatureMaps,
  type Framing,
} from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { findSeen } from './find-seen.ts';
import { preparePhoto, type PhotoFile } from '../prediction/prepare-photos.ts';

interface LookAtPhotoInput {
  /** As `findSeen` finds it. */
  readonly network: string;
  readonly photo: PhotoFile;
  /** Whose maps are wanted, if any's. */
  readonly layer: string | null;
  /** How many names. */
  readonly top: number;
}

/**
 * What a network makes of a photo, by its own preprocessing: the most probable names, and the maps of a layer.
 * @throws ScenelabError NOT_READABLE when it is no photo, MODEL_INVALID when the network reads no colours, as `findSeen`, and as
 * `lookAtPixels`.
 */
export async function lookAtPhoto(
  compute: Compute,
  { network, photo, layer, top }: LookAtPhotoInput,
): Promise<{ predictions: ClassProbability[]; maps: FeatureMaps | null }> {
  const model = findSeen(network);
  const { name, input, framing } = await compute.call('readInside', { model });
  if (input[2] !== 3)
    throw new ScenelabError(
      'MODEL_INVALID',
      `${name} reads images of ${input.join(' × ')}`,
      'a network for colour photos',
      'Choose another',
    );
  const pixels = await framed(photo, input[0], framing);
  const layers = layer === null ? [] : [layer];
  const { answer, classNames, maps } = await compute.call('lookAtPixels', { model, pixels, layers });
  const predictions = classNames
    .map((className, i) => ({ className, probability: answer[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
  return { predictions, maps: maps[0] ?? null };
}

async function framed(photo: PhotoFile, size: number, framing: Framing): Promise<Uint8Array> {
  const prepared = await preparePhoto(photo, size, framing);
  if (prepared.kind === 'prepared') return prepared.pixels;
  const { path, reason } = prepared.skipped;
  throw new ScenelabError('NOT_READABLE', `${path}: ${reason}`, 'a photo', 'Choose another');
}
