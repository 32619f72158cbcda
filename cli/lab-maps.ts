import { resolve } from 'node:path';
import type { AddVerb } from './session.ts';
import { count } from './words.ts';

const examples = `
Examples:
  scenelab lab maps efficientnet-lite0 photo.jpg --layer stem --out maps      edges and colours
  scenelab lab maps inception-v3 photo.jpg --layer mixed7 --out maps          parts of things

Files are numbered from the strongest map to the weakest, 64 at most. Layers are those of \`scenelab inspect\`.
`;

/** `scenelab lab maps`: what a layer sees in a photo, as pictures. */
export const addLabMapsVerb: AddVerb = (lab, run) => {
  lab
    .command('maps')
    .argument('<network>', 'a backbone, the folder of a model, or a project (its newest model)')
    .argument('<photo>', 'a file')
    .description('Write the maps that a layer gives for a photo as PNG files.')
    .requiredOption('--layer <name>', 'which layer (required)')
    .requiredOption('--out <dir>', 'where to write them (required)')
    .addHelpText('after', examples)
    .action((network: string, photo: string, { layer, out }: { layer: string; out: string }) =>
      run(async ({ client, output }) => {
        const folder = resolve(out);
        const result = await client.writeMaps({
          network,
          path: resolve(photo),
          layer,
          out: folder,
        });
        output.result(result, `${count(result.files.length, 'map')} of ${layer} written to ${folder}.`);
      }),
    );
};
