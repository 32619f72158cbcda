import { resolve } from 'node:path';
import { z } from 'zod';
import { PredictInput, type Prediction } from '../contract/index.ts';
import type { FileEvent } from './output.ts';
import { numeric, parseOptions } from './parse-options.ts';
import type { AddVerb } from './session.ts';
import { sortPhoto } from './sort-photo.ts';
import { count } from './words.ts';
import { writePredictionCsv } from './write-prediction-csv.ts';
import { writeSidecar } from './write-sidecar.ts';

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
    .action((model: string, paths: string[], given: unknown) => {
      const options = parseOptions(Options, given);
      return run(async ({ client, output, signal }) => {
        const input = { model, paths: paths.map((path) => resolve(path)), top: options.top };
        const events = await client.predictPhotos(input, { signal });
        const answered: Prediction[] = [];
        const files: FileEvent[] = [];
        for (;;) {
          const { done, value } = await events.next();
          if (done) {
            if (options.csv !== undefined) await writePredictionCsv(resolve(options.csv), answered);
            const counts = countFiles(files);
            output.result({ ...value, ...counts }, resultWords({ ...value, ...counts }, options));
            return;
          }
          output.event(value);
          if (value.kind !== 'prediction') continue;
          answered.push(value);
          for await (const file of keep(value, options)) {
            files.push(file);
            output.event(file);
          }
        }
      });
    });
};

/** Does with a photo's file what was asked for. */
async function* keep(prediction: Prediction, { sortInto, move, xmp }: Options): AsyncGenerator<FileEvent> {
  let { path } = prediction;
  if (sortInto !== undefined) {
    const sorted = await sortPhoto(prediction, { into: resolve(sortInto), move });
    path = sorted.to ?? path;
    yield sorted;
  }
  if (xmp) yield await writeSidecar({ ...prediction, path });
}

function countFiles(files: readonly FileEvent[]): { sorted: number; sidecars: number } {
  const written = (kind: FileEvent['kind']) => files.filter((file) => file.kind === kind && file.to !== null);
  return { sorted: written('sorted').length, sidecars: written('sidecar').length };
}

interface Counts {
  predicted: number;
  skipped: number;
  sorted: number;
  sidecars: number;
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
