import { nodeNamed, subgraph, type TrainableGraph } from '../graph/index.ts';
import { currentRuntime } from '../tensorflow/index.ts';
import { openCompiledNetwork } from './compiled-network.ts';
import { openEagerNetwork } from './eager-network.ts';
import type { NetworkToTrain, TrainableNetwork } from './trainable-network.ts';

/**
 * Opens a network for training as fast as the runtime can: compiled where there is native TensorFlow, else operation by
 * operation, which only the smallest networks bear. Compiled, a larger batch than `photosAtOnce` goes through in parts, of
 * which batch norm then takes each by itself.
 */
export async function openNetwork(
  network: NetworkToTrain,
  photosAtOnce = Infinity,
): Promise<TrainableNetwork> {
  const native = currentRuntime().kind === 'native';
  return native ? openCompiledNetwork(network, photosAtOnce) : openEagerNetwork(network);
}

/** The same network with logits instead of the probabilities that softmax makes of them. */
export function withoutSoftmax(graph: TrainableGraph): TrainableGraph {
  const logits = graph.outputs.map((output) => {
    const { op, inputs } = nodeNamed(graph, output);
    return op === 'softmax' ? (inputs[0] ?? output) : output;
  });
  return subgraph(graph, null, logits);
}
