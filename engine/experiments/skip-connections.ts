import { image, type Layer, type Layers, type LayerSpec } from '../inspect/layer.ts';
import type { DigitExperiment } from './experiment.ts';

/** Maps of the first stage; each later one has twice those before. */
const firstMaps = 8;
const stages = 3;

/**
 * The networks that He et al. 2015 (section 4.2) tried depth with, narrow: a convolution, three stages of blocks of two, the mean
 * of each map, a dense layer; `depth` is 8, 14, 20, 26, 32 …. With skips each block is added to what it read, which a 1 × 1
 * convolution brings to its shape where the maps are halved.
 */
export function networkOfDepth(depth: number, { skips }: { skips: boolean }): Layers {
  const layers: Layer[] = [];
  const last = () => layers.at(-1)?.name ?? image;
  const add = (name: string, spec: LayerSpec, inputs = [last()]) => {
    layers.push({ name, inputs, spec });
    return name;
  };
  const convolution = (name: string, filters: number, stride: number, { side = 3, read = last() } = {}) => {
    const window = { size: [side, side], stride: [stride, stride], padding: 'same' } as const;
    add(`${name}-conv`, { kind: 'conv', filters, ...window, bias: false, activation: null }, [read]);
    return add(name, { kind: 'batch-norm', gain: true, offset: true });
  };
  const relu = (name: string) => add(name, { kind: 'activation', activation: 'relu' });
  convolution('stem', firstMaps, 2);
  relu('stem-relu');
  for (let stage = 0; stage < stages; stage++)
    for (let block = 1; block <= (depth - 2) / (2 * stages); block++) {
      const name = `stage${stage + 1}-block${block}`;
      const [maps, stride] = [firstMaps * 2 ** stage, stage > 0 && block === 1 ? 2 : 1];
      const read = last();
      convolution(`${name}-first`, maps, stride);
      relu(`${name}-relu`);
      const learned = convolution(`${name}-second`, maps, 1);
      if (skips) {
        const kept = stride === 1 ? read : convolution(`${name}-shortcut`, maps, stride, { side: 1, read });
        add(`${name}-add`, { kind: 'add' }, [learned, kept]);
      }
      relu(name);
    }
  add('embedding', { kind: 'global-pool' });
  add('logits', { kind: 'dense', units: 10, bias: true, activation: null });
  return layers;
}

/**
 * Does depth do harm? Plain networks and residual ones, both with batch norm, from 8 to 32 layers deep, with the same steps to learn
 * in.
 */
export const skipConnections: DigitExperiment = {
  id: 'skip-connections',
  axis: 'depth',
  quick: { values: [8, 14, 20, 32], digits: 2000, steps: 500 },
  full: { values: [8, 14, 20, 32], digits: 60_000, steps: 5625 },
  arms: [
    { id: 'plain', layers: (depth) => networkOfDepth(depth, { skips: false }) },
    { id: 'residual', layers: (depth) => networkOfDepth(depth, { skips: true }) },
  ],
  questions: [
    { arm: 'residual', against: 'plain', at: [8] },
    { arm: 'residual', against: 'plain', at: [32] },
  ],
  typicalSeconds: 150,
};
