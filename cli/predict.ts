import { resolve } from 'node:path';
import { z } from 'zod';
import {
  photoFormats,
  PredictInput,
  ScenelabError,
  type Prediction,
  type SortInput,
  type SortResult,
} from '../contract/index.ts';
import { follow, type CliEvent } from './output.ts';
import { numeric, parseOptions, type Flags } from './parse-options.ts';
import type { AddVerb, Session } from './session.ts';
import { count } from './words.ts';
import { tryWriting, writePredictionCsv } from './write-prediction-csv.ts';

const examples = `
Examples:
  scenelab predict efficientnet-lite0 photo.jpg               ImageNet's names for a photo
  scenelab predict scenes.scenelab holiday/ --csv out.csv     File,Label,Confidence of every photo
  scenelab predict scenes.scenelab holiday/ --sort-into sorted --move
  scenelab predict model/ holiday/ --xmp                      labels in sidecars, for Lightroom and others

--sort-into makes a folder per label, and "not sure" for photos without a clear answer. Nothing is ever overwritten.
`;

const Options = z.object({
  top: numeric(PredictInput.shape.top).optional(),
  csv: z.string().optional(),
  sortInto: z.string().optional(),
  move: z.boolean().default(false),
  xmp: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** `scenelab predict`: what a model says of photos. */
export const addPredictVerb: AddVerb = (program, run) => {
  program
    .command('predict')
    .argument('<model|project|backbone>', 'folder of a model, a project (its newest model), or a backbone')
    .argument('<file|folder...>', 'photos')
    .description('Ask a model what is in photos.')
    .option('--top <k>', 'how many answers a photo (default: 5)')
    .option('--csv <file>', 'also write File,Label,Confidence')
    .option('--sort-into <dir>', 'copy every photo into a folder named after its label')
    .option('--move', 'with --sort-into: move instead of copying')
    .option('--xmp', 'write the label into an XMP sidecar beside each photo')
    .addHelpText('after', examples)
    .action((model: string, paths: string[], given: Flags) => {
      const options = parseOptions(Options, given);
      if (options.move && options.sortInto === undefined)
        throw new ScenelabError(
          'USAGE',
          '--move without --sort-into',
          'a folder to move photos into',
          'See --help',
        );
      return run(async (session) => {
        const { client, output, signal } = session;
        if (options.csv !== undefined) await tryWriting(resolve(options.csv));
        const input = { model, paths: paths.map((path) => resolve(path)), top: options.top };
        const answered: Prediction[] = [];
        const event = (event: CliEvent) => {
          if (event.kind === 'prediction') answered.push(event);
          output.event(event);
        };
        const predicted = await follow(await client.predictPhotos(input, { signal }), { event });
        if (answered.length === 0) throw noneAnswered(predicted.skipped);
        if (options.csv !== undefined) await writePredictionCsv(resolve(options.csv), answered);
        const result = { ...predicted, ...(await sort(answered, options, session)) };
        output.result(result, resultWords(result, options));
      });
    });
};

/** Each file has been told with its reason before. */
function noneAnswered(skipped: number): ScenelabError {
  return new ScenelabError(
    'NO_PHOTOS',
    `None of the ${count(skipped, 'file')} is a photo that can be read`,
    photoFormats,
    'The lines above say what is wrong with each',
  );
}

/** Does with the photos' files what was asked for. */
async function sort(
  answered: readonly Prediction[],
  { sortInto, move, xmp }: Options,
  { client, output, signal }: Session,
): Promise<SortResult> {
  if (answered.length === 0 || (sortInto === undefined && !xmp)) return { sorted: 0, sidecars: 0 };
  const photos: SortInput['photos'] = answered.map(({ path, unsure, predictions: [best] }) => ({
    path,
    label: unsure ? null : (best?.className ?? null),
  }));
  const input = { photos, into: sortInto && resolve(sortInto), move, xmp };
  return follow(await client.sortPhotos(input, { signal }), output);
}

interface Counts extends SortResult {
  predicted: number;
  skipped: number;
}

function resultWords({ predicted, skipped, sorted, sidecars }: Counts, options: Options): string {
  const { csv, sortInto, move, xmp } = options;
  return [
    `${count(predicted, 'photo')} answered${skipped > 0 ? `, ${skipped} skipped` : ''}.`,
    csv === undefined ? '' : `Written to ${resolve(csv)}.`,
    sortInto === undefined ? '' : `${sorted} ${move ? 'moved' : 'copied'} into ${resolve(sortInto)}.`,
    xmp ? `${count(sidecars, 'sidecar')} written.` : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
}
