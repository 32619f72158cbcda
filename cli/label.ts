import { resolve } from 'node:path';
import { ScenelabError } from '../contract/index.ts';
import type { AddVerb } from './session.ts';
import { atMost, count } from './words.ts';

const examples = `
Examples:
  scenelab label scenes.scenelab --to-csv labels.csv      write path,label of every photo
  scenelab label scenes.scenelab --from-csv labels.csv    take the labels from there; undo takes them back
`;

/** `scenelab label`: the labels of a project from or to a CSV. */
export const addLabelVerb: AddVerb = (program, run) => {
  program
    .command('label')
    .argument('<project>', 'a project, or a folder that was trained on')
    .description('Read or write the labels of a project as a CSV of path,label.')
    .option('--from-csv <file>', 'label photos as this file says')
    .option('--to-csv <file>', 'write the labels to this file')
    .addHelpText('after', examples)
    .action((path: string, { fromCsv, toCsv }: { fromCsv?: string; toCsv?: string }) => {
      if ((fromCsv === undefined) === (toCsv === undefined))
        throw new ScenelabError(
          'USAGE',
          fromCsv ? 'Both --from-csv and --to-csv' : 'Neither --from-csv nor --to-csv',
          'one of them',
          'See --help',
        );
      return run(async ({ client, output }) => {
        const { project } = await client.findProject({ path: resolve(path) });
        if (toCsv !== undefined) {
          const csv = resolve(toCsv);
          const { written } = await client.writeLabels({ project, csv });
          output.result({ written, csv }, `${count(written, 'photo')} in ${csv}.`);
        } else if (fromCsv !== undefined) {
          const csv = resolve(fromCsv);
          const read = await client.readLabels({ project, csv });
          const [first] = read.unknown;
          if (read.labelled === 0 && first !== undefined) throw meetsNoPhoto(csv, first);
          const unknown = read.unknown.map((each) => `  ${each} is not a photo of the project`);
          output.result(
            read,
            [
              `${count(read.labelled, 'photo')} in the file, ${read.changed.toLocaleString('en')} with another label than before.`,
              ...atMost(unknown),
            ].join('\n'),
          );
        }
      });
    });
};

function meetsNoPhoto(csv: string, first: string): ScenelabError {
  return new ScenelabError(
    'NO_PHOTOS',
    `No path of ${csv} is a photo of the project, the first is ${first}`,
    'lines of path,label as --to-csv writes them',
    'Check the file; nothing was changed',
  );
}
