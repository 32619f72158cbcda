import { nodeNamed, weightsOf, type TrainableGraph, type Weight } from '../graph/index.ts';
import { randomFor, type Random } from '../random.ts';

/** How the values of kernels are drawn. */
export type Initial = 'he' | 'glorot';

/**
 * Weights to begin a training from scratch with, by their names: kernels are drawn, biases and offsets are 0, gains 1. They
 * follow from the seed and the name alone.
 *
 * `he`: a kernel's values are normal with variance gain / (number of values that make one output), so that signals neither fade
 * nor grow on their way (He et al. 2015, arXiv:1502.01852): the gain is 2, because ReLU loses half of the signal, 1 where tanh
 * follows, and a hundredth for logits, so that at first all classes are about as likely.
 *
 * `glorot`: evenly from ± √(6 / (values that make one output + outputs that one value helps to make)), as Keras does (Glorot and
 * Bengio 2010). First layers begin smaller, and learn more of what they show.
 */
export function initialWeights(
  graph: TrainableGraph,
  seed: number,
  initial: Initial = 'he',
): Map<string, Weight> {
  const outputs = new Set(graph.outputs);
  return new Map(
    [...weightsOf(graph)].map(([name, { shape, data }]) => {
      const [node, part] = [name.slice(0, name.lastIndexOf('/')), name.slice(name.lastIndexOf('/') + 1)];
      if (part !== 'kernel')
        return [name, { shape, data: new Float32Array(data.length).fill(part === 'gamma' ? 1 : 0) }];
      const random = randomFor(seed, 'initial', name);
      if (initial === 'glorot') return [name, { shape, data: data.map(evenly(shape, random)) }];
      const layer = nodeNamed(graph, node);
      const isTanh = 'activation' in layer && layer.activation === 'tanh';
      const gain = outputs.has(node) ? 0.01 : isTanh ? 1 : 2;
      const inputs = valuesBehind(layer.op === 'depthwise-conv' ? shape.slice(0, 2) : shape.slice(0, -1));
      const normal = normals(random);
      const spread = Math.sqrt(gain / inputs);
      return [name, { shape, data: data.map(() => spread * normal()) }];
    }),
  );
}

/** Of a kernel `[…places, in, out]`; a depthwise one counts as Keras counts it. */
function evenly(shape: readonly number[], random: Random): () => number {
  const [inputs = 1, outputs = 1] = shape.slice(-2);
  const most = Math.sqrt(6 / (valuesBehind(shape.slice(0, -2)) * (inputs + outputs)));
  return () => most * (2 * random() - 1);
}

function valuesBehind(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** Normal numbers of mean 0 and variance 1 (Box and Muller 1958). */
function normals(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const [radius, angle] = [Math.sqrt(-2 * Math.log(1 - random())), 2 * Math.PI * random()];
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
