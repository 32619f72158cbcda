import { resolve } from 'node:path';
import { Option } from 'commander';
import type { ImportInput, ImportResult } from '../contract/index.ts';
import { follow } from './output.ts';
import type { AddVerb } from './session.ts';
import { skippedLines } from './skipped-lines.ts';
import { count, table } from './words.ts';

const examples = `
Examples:
  scenelab import scenes.scenelab ~/Pictures/scenes            sub-folders are the labels
  scenelab import scenes.scenelab beach/ mountain/ city/       several folders: each is a label
  scenelab import scenes.scenelab photos/ --labels labels.csv  labels from a CSV of path,label
`;

interface Options {
  labels?: string;
  nested: ImportInput['nested'];
  groupByFolder?: boolean;
}

/** `scenelab import`: photos into a project, which is made when there is none. */
export const addImportVerb: AddVerb = (program, run) => {
  program
    .command('import')
    .argument('<project>', 'folder of the project, made when it is not there')
    .argument('<folder...>', 'folders of photos')
    .description('Take photos into a project. They stay where they are; import again to look for changes.')
    .option('--labels <csv>', 'labels from a CSV of path,label instead of from folders')
    .addOption(
      new Option('--nested <how>', 'what folders below a label become')
        .choices(['flatten', 'join'])
        .default('flatten'),
    )
    .option('--group-by-folder', 'keep the photos of a folder on one side of the split (camera traps)')
    .addHelpText('after', examples)
    .action((project: string, folders: string[], { labels, nested, groupByFolder = false }: Options) =>
      run(async ({ client, output, signal }) => {
        const input = {
          project: resolve(project),
          folders: folders.map((folder) => resolve(folder)),
          labelsFrom: labels === undefined ? undefined : resolve(labels),
          nested,
          groupByFolder,
        };
        const imported = await follow(await client.importPhotos(input, { signal }), output);
        output.result({ ...imported, project: input.project }, importedWords(imported));
      }),
    );
};

function importedWords({
  imported,
  duplicates,
  unchanged,
  skipped,
  labels,
  suggestedLabel,
}: ImportResult): string {
  const counts = Object.entries(labels).map(([label, n]) => [`  ${label}`, String(n)]);
  return [
    `${count(imported, 'photo')} imported, ${unchanged} unchanged, ${count(duplicates, 'duplicate')}.`,
    ...skippedLines(skipped),
    ...(counts.length > 0 ? ['Labels:', table(counts)] : []),
    ...(suggestedLabel === null ? [] : [`The photos have no labels; "${suggestedLabel}" might be theirs.`]),
  ].join('\n');
}
