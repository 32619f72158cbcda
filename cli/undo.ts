import { resolve } from 'node:path';
import type { AddVerb } from './session.ts';

/** `scenelab undo`: takes back the last change of labels. */
export const addUndoVerb: AddVerb = (program, run) => {
  program
    .command('undo')
    .argument('<project>', 'a project, or a folder that was trained on')
    .description('Take back the last change of labels; --redo brings it back.')
    .option('--redo', 'bring back what was undone last')
    .addHelpText('after', '\nExample:\n  scenelab undo scenes.scenelab\n')
    .action((path: string, { redo = false }: { redo?: boolean }) =>
      run(async ({ client, output }) => {
        const { project } = await client.findProject({ path: resolve(path) });
        if (redo) {
          const { redone } = await client.redo({ project });
          output.result({ redone }, redone === null ? 'Nothing to redo.' : `Done again: ${redone}.`);
        } else {
          const { undone } = await client.undo({ project });
          output.result({ undone }, undone === null ? 'Nothing to undo.' : `Undone: ${undone}.`);
        }
      }),
    );
};
