import { resolve } from 'node:path';
import type { AddVerb } from './session.ts';
import { count } from './words.ts';

/** `scenelab lab filters`: the first convolution's kernels as pictures. */
export const addLabFiltersVerb: AddVerb = (lab, run) => {
  lab
    .command('filters')
    .argument('<network>', 'a backbone, the folder of a model, or a project (its newest model)')
    .description('Write the filters of the first convolution as PNG files.')
    .requiredOption('--out <dir>', 'where to write them (required)')
    .addHelpText('after', '\nExample:\n  scenelab lab filters efficientnet-lite0 --out filters\n')
    .action((network: string, { out }: { out: string }) =>
      run(async ({ client, output }) => {
        const folder = resolve(out);
        const result = await client.writeFilters({ network, out: folder });
        output.result(result, `${count(result.files.length, 'filter')} written to ${folder}.`);
      }),
    );
};
