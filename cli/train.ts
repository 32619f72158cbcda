import { resolve } from 'node:path';
import type { TrainResult } from '../contract/index.ts';
import { evaluationWords } from './evaluation-words.ts';
import { exportWords, formatWords, readFormats } from './export.ts';
import { followTraining } from './follow-training.ts';
import { follow } from './output.ts';
import { list } from './parse-options.ts';
import { projectOf } from './project-of.ts';
import type { AddVerb } from './session.ts';
import { addSettingsOptions, readSettings } from './settings-options.ts';
import { skippedLines } from './skipped-lines.ts';
import { duration } from './words.ts';

const examples = `
Presets: quick trains the last layer, in seconds; balanced also the upper blocks, in minutes; thorough does so with a larger
network, longer. What is not given follows the preset.

Examples:
  scenelab train ~/Pictures/scenes                     a folder with a sub-folder per label
  scenelab train scenes.scenelab --preset thorough     a project, as well as it can be done
  scenelab train scenes --preset quick --out model     and leave the model in ./model
  scenelab train scenes --rotate 30 --no-flip --epochs 20 --seed 7
`;

/** `scenelab train`: photos in, evaluated model out. A plain folder gets a project of its own. */
export const addTrainVerb: AddVerb = (program, run) => {
  const verb = program
    .command('train')
    .argument('<folder|project>', 'a folder with a sub-folder per label, or a project')
    .description('Train a model on labelled photos and judge it on photos it never saw.')
    .option('--out <dir>', 'also export the model there')
    .option('--format <list>', `formats for --out: ${formatWords}`, list);
  addSettingsOptions(verb)
    .addHelpText('after', examples)
    .action((path: string, options: { out?: string; format?: string[] }) => {
      const chosen = readSettings(options);
      const formats = readFormats(options.format);
      return run(async (session) => {
        const { client, engines, output, signal } = session;
        const out = options.out === undefined ? null : resolve(options.out);
        await client.checkTraining({ ...chosen, out, formats });
        const project = await projectOf(path, session);
        const trained = await followTraining({ project, ...chosen }, session);
        if (out === null) return output.result({ ...trained, project }, trainedWords(trained, project));
        const engine = await engines.running();
        const exported = await follow(
          await engine.client.exportModel({ model: trained.model, formats, out }, { signal }),
          output,
        );
        const words = `${trainedWords(trained, project)}\n${exportWords(exported)}`;
        output.result({ ...trained, ...exported, project }, words);
      });
    });
};

function trainedWords(trained: TrainResult, project: string): string {
  const { model, device, timings, skipped } = trained;
  const seconds = Object.values(timings).reduce((sum, part) => sum + part, 0);
  return [
    evaluationWords(trained),
    ...skippedLines(skipped),
    `Model: ${model}`,
    `Project: ${project}`,
    `Trained in ${duration(seconds)} on ${device}.`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
