import type { Filters } from '../../contract/index.ts';
import type { ConvNode, InferenceGraph } from '../graph/index.ts';

/** Share of the layer's largest weight that a kernel must reach: less is what training left of one that died, and noise. */
const aliveFrom = 1e-4;

/** Kernels of the convolution that reads the image, as pictures; null where there is none, or none that has colours. */
export function firstFilters(graph: InferenceGraph): Filters | null {
  const conv = firstConvolution(graph);
  const [height = 0, width = 0, channels = 0, count = 0] = conv?.kernel.shape ?? [];
  if (!conv || (channels !== 1 && channels !== 3)) return null;
  const { data } = conv.kernel;
  const size = height * width * channels;
  const bytes = new Uint8Array(count * size).fill(128);
  // The output channel runs fastest in a kernel.
  const weight = (filter: number, i: number): number => data[i * count + filter] ?? 0;
  const largest = Array.from({ length: count }, (_, filter) => {
    let found = 0;
    for (let i = 0; i < size; i++) found = Math.max(found, Math.abs(weight(filter, i)));
    return found;
  });
  const dead = aliveFrom * Math.max(...largest);
  for (const [filter, most] of largest.entries())
    for (let i = 0; i < size && most > dead; i++)
      bytes[filter * size + i] = Math.round(127.5 + (127.5 * weight(filter, i)) / most);
  return {
    layer: conv.name,
    height,
    width,
    channels,
    count,
    values: Buffer.from(bytes.buffer).toString('base64'),
  };
}

function firstConvolution({ nodes }: InferenceGraph): ConvNode | undefined {
  /** Names of what is the image still, only scaled or with an edge around it. */
  const image = new Set(nodes.slice(0, 1).map(({ name }) => name));
  for (const node of nodes) {
    if (!image.has(node.inputs[0] ?? '')) continue;
    if (node.op === 'conv') return node;
    if (node.op === 'scale' || node.op === 'pad') image.add(node.name);
  }
  return undefined;
}
