import { resolve } from 'node:path';
import { follow } from './output.ts';
import type { AddVerb } from './session.ts';
import { table } from './words.ts';

const examples = `
Examples:
  scenelab backbone list
  scenelab backbone add inception-v3                        fetch its weights
  scenelab backbone add inception-v3 --file weights.h5      or take them from a Keras file
`;

/** `scenelab backbone list|add`: the pretrained networks. */
export const addBackboneVerb: AddVerb = (program, run) => {
  const backbone = program
    .command('backbone')
    .description('See which pretrained networks there are; add the weights of one.')
    .addHelpText('after', examples);
  backbone
    .command('list')
    .description('List the pretrained networks.')
    .action(() =>
      run(async ({ client, output }) => {
        const backbones = await client.listBackbones();
        const rows = backbones.map(({ id, inputSize, embeddingSize, classes, licence, cuts, installed }) => [
          id,
          `${inputSize} × ${inputSize}`,
          String(embeddingSize),
          String(classes),
          licence,
          installed ? 'here' : 'to be added',
          cuts.map(({ name }) => name).join(' '),
        ]);
        const head = ['id', 'input', 'embedding', 'classes', 'licence', 'weights', 'cuts'];
        output.result({ backbones }, table([head, ...rows]));
      }),
    );
  backbone
    .command('add')
    .argument('<id>', 'as in the list')
    .description('Fetch the weights of a network, or take them from a file.')
    .option('--file <h5>', 'a .h5 file that Keras saved')
    .action((id: string, { file }: { file?: string }) =>
      run(async ({ client, output, signal }) => {
        const input = file === undefined ? { backbone: id } : { backbone: id, file: resolve(file) };
        const added = await follow(await client.addBackbone(input, { signal }), output);
        output.result(added, `${added.name} is here: ${added.source}.`);
      }),
    );
};
