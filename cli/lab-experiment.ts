import { resolve } from 'node:path';
import { z } from 'zod';
import { ExperimentId, RunExperimentInput, ScenelabError } from '../contract/index.ts';
import { experimentListWords, experimentWords } from './experiment-words.ts';
import { follow } from './output.ts';
import { numeric, parseOptions, type Flags } from './parse-options.ts';
import type { AddVerb } from './session.ts';

const examples = `
Examples:
  scenelab lab experiment                                       which there are, and what each takes
  scenelab lab experiment dense-or-convolutional
  scenelab lab experiment skip-connections --seeds 5            smaller differences show in more runs
  scenelab lab experiment pooling-or-stride --full              all 60,000 digits; takes much longer
  scenelab lab experiment photos-per-class --photos ~/Pictures/scenes
`;

const Given = z.object({
  seeds: numeric(RunExperimentInput.shape.seeds.default(3)),
  full: z.boolean().default(false),
  photos: z.string().optional(),
});

/** `scenelab lab experiment`: claims of the course, tried. */
export const addLabExperimentVerb: AddVerb = (lab, run) => {
  lab
    .command('experiment')
    .argument('[id]', 'which one; without it they are listed')
    .description('Try a claim of the course: train both sides several times and compare them.')
    .option('--seeds <n>', 'runs of each side, from 1 to 20 (default: 3)')
    .option('--full', 'learn from all of MNIST')
    .option('--photos <folder|project>', 'photos with a sub-folder per label (default: the sample)')
    .addHelpText('after', examples)
    .action((id: string | undefined, given: Flags) => {
      const { seeds, full, photos } = parseOptions(Given, given);
      if (id === undefined)
        return run(async ({ client, output }) => {
          const experiments = await client.listExperiments();
          output.result({ experiments }, experimentListWords(experiments));
        });
      const known = idOf(id);
      if (photos !== undefined && known !== 'photos-per-class') throw needsNoPhotos(known);
      const input = { id: known, seeds, full, photos: photos === undefined ? null : resolve(photos) };
      return run(async ({ client, output, signal }) => {
        const result = await follow(await client.runExperiment(input, { signal }), output);
        output.result(result, experimentWords(result));
      });
    });
};

function needsNoPhotos(id: ExperimentId): ScenelabError {
  const fix = 'Leave out --photos, or run photos-per-class';
  return new ScenelabError('USAGE', `--photos for ${id}, which learns from digits`, '', fix);
}

function idOf(id: string): ExperimentId {
  const known = ExperimentId.safeParse(id);
  if (known.success) return known.data;
  const ids = ExperimentId.options.join(', ');
  throw new ScenelabError('USAGE', `There is no experiment "${id}"`, `one of ${ids}`, 'See --help');
}
