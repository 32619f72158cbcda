import { resolve } from 'node:path';
import type { EvaluateResult } from '../contract/index.ts';
import { evaluationWords } from './evaluation-words.ts';
import { follow } from './output.ts';
import type { AddVerb } from './session.ts';
import { skippedLines } from './skipped-lines.ts';
import { percent } from './words.ts';

const shownMistakes = 10;
const examples = `
Examples:
  scenelab evaluate scenes.scenelab             the newest model on the project's own test photos
  scenelab evaluate model/ ~/Pictures/other     a model on a folder with a sub-folder per label
`;

/** `scenelab evaluate`: how good a model is. */
export const addEvaluateVerb: AddVerb = (program, run) => {
  program
    .command('evaluate')
    .argument('<project|model>', 'a project (its newest model), or the folder of a model')
    .argument('[folder]', 'photos with a sub-folder per label, instead of the own test photos')
    .description('Judge a model on photos that it was not trained on.')
    .addHelpText('after', examples)
    .action((model: string, folder: string | undefined) =>
      run(async ({ client, output, signal }) => {
        const input = folder === undefined ? { model } : { model, folder: resolve(folder) };
        const result = await follow(await client.evaluateModel(input, { signal }), output);
        const words = [
          evaluationWords(result),
          ...list('Labels of training photos that may be wrong:', result.suspects ?? []),
          ...list('Wrong, the surest first:', result.mistakes),
          ...skippedLines(result.skipped),
        ];
        output.result(result, words.join('\n'));
      }),
    );
};

function list(title: string, mistakes: EvaluateResult['mistakes']): string[] {
  const lines = mistakes
    .slice(0, shownMistakes)
    .map(
      ({ path, label, predicted, probability }) =>
        `  ${path}: ${label}, answered ${predicted} ${percent(probability)}`,
    );
  return lines.length > 0 ? [title, ...lines] : [];
}
