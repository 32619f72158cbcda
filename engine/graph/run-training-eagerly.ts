import { tf } from '../tensorflow/runtime.ts';
import { compute } from './run-eagerly.ts';
import type { BatchNormNode, DropoutNode, TrainableGraph, TrainableNode } from './trainable-graph.ts';

/** How a network is run operation by operation. */
export interface EagerPass {
  /** Tensor of a weight or statistic by `<node>/<part>`; undefined where the network has none. */
  readonly weightOf: (name: string) => tf.Tensor | undefined;
  /** Factors of a dropout, in the shape of `x`; null outside of training, where nothing drops. */
  readonly factorsOf: ((node: DropoutNode, x: tf.Tensor) => tf.Tensor) | null;
  /** Is told the mean and variance `[channels]` of the batch at each batch norm in training. */
  readonly onBatch?: (node: BatchNormNode, batch: { mean: tf.Tensor; variance: tf.Tensor }) => void;
}

/**
 * The reference of `writeTrainingNodes`: a network as in a training step, or as in evaluation, `[n, ...shape]` per output. It
 * can be differentiated with respect to `x` and the weights.
 */
export function runTrainingEagerly(graph: TrainableGraph, x: tf.Tensor, pass: EagerPass): tf.Tensor[] {
  const values = new Map<string, tf.Tensor>();
  const read = (name: string): tf.Tensor => values.get(name) ?? missing(name);
  for (const node of graph.nodes)
    values.set(node.name, node.op === 'input' ? x : run(node, node.inputs.map(read), pass));
  return graph.outputs.map(read);
}

function run(node: TrainableNode, inputs: tf.Tensor[], pass: EagerPass): tf.Tensor {
  const { weightOf, factorsOf } = pass;
  const [x = missing(node.name)] = inputs;
  if (node.op === 'batch-norm') return normalize(node, x, pass);
  if (node.op === 'dropout') return factorsOf ? x.mul(factorsOf(node, x)) : x;
  return compute(node, inputs, ({ name }, part, { data, shape }) => {
    return weightOf(`${name}/${part}`) ?? tf.tensor(data, [...shape]);
  });
}

function normalize(
  node: BatchNormNode,
  x: tf.Tensor,
  { weightOf, factorsOf, onBatch }: EagerPass,
): tf.Tensor {
  const part = (name: string) => weightOf(`${node.name}/${name}`);
  const channels = node.mean.data.length;
  const { mean, variance } = factorsOf
    ? tf.moments(x, [...node.shape.keys()])
    : { mean: part('mean') ?? missing(node.name), variance: part('variance') ?? missing(node.name) };
  if (factorsOf) onBatch?.(node, { mean, variance });
  const [gamma, beta] = [part('gamma') ?? tf.ones([channels]), part('beta') ?? tf.zeros([channels])];
  const root = variance.add(node.epsilon).sqrt();
  return x.sub(mean).div(root).mul(gamma).add(beta);
}

function missing(name: string): never {
  throw new Error(`"${name}" is read before it is computed.`);
}
