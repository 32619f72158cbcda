import type { InferenceGraph, Weight } from '../graph/inference-graph.ts';
import { runEagerly, type WeightTensor } from '../graph/run-eagerly.ts';
import { inputOf } from '../graph/subgraph.ts';
import { tf } from '../tensorflow/runtime.ts';
import type { GraphOptions, RunnableGraph } from './runnable-graph.ts';

/**
 * A graph run operation by operation on whatever backend there is, with its weights kept between calls, in `weights`: graphs
 * that share weights can share that. What `run` does with weights is done when it returns its promise.
 */
export function openEagerGraph(
  graph: InferenceGraph,
  { pixelScale }: GraphOptions,
  weights = new Map<Weight, tf.Tensor>(),
): RunnableGraph {
  const weightOf: WeightTensor = (_node, _part, weight) => {
    const tensor = weights.get(weight) ?? tf.keep(tf.tensor(weight.data, [...weight.shape]));
    weights.set(weight, tensor);
    return tensor;
  };
  const scale = (x: tf.Tensor): tf.Tensor =>
    pixelScale ? x.toFloat().sub(pixelScale.mean).div(pixelScale.standardDeviation) : x;
  const shape = inputOf(graph).shape;
  return {
    async run(input, n) {
      const outputs = tf.tidy(() => {
        const x = scale(tf.tensor(input, [n, ...shape], pixelScale ? 'int32' : 'float32'));
        return runEagerly(graph, x, weightOf);
      });
      const values = await Promise.all(outputs.map((output) => output.data<'float32'>()));
      tf.dispose(outputs);
      return values;
    },
    dispose: () => weights.forEach((tensor) => tensor.dispose()),
  };
}
