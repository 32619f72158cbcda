import type { InferenceGraph } from '../graph/index.ts';
import type { HeadWeights } from '../head/head.ts';
import { currentRuntime } from '../tensorflow/index.ts';
import { openCompiledTail } from './compiled-tail.ts';
import { openEagerTail } from './eager-tail.ts';
import type { OptimizerSettings } from './optimizer.ts';
import type { TrainableTail } from './trainable-tail.ts';

/**
 * Opens a tail for training as fast as the runtime can: compiled where there is native TensorFlow, else operation by
 * operation. `graph` leads from the cut to the embedding; the last layer begins as `head`. Where it is compiled, a larger batch
 * than `photosAtOnce` goes through in parts.
 */
export async function openTail(
  graph: InferenceGraph,
  head: HeadWeights,
  settings: OptimizerSettings,
  photosAtOnce = Infinity,
): Promise<TrainableTail> {
  const native = currentRuntime().kind === 'native';
  return native
    ? openCompiledTail(graph, head, settings, photosAtOnce)
    : openEagerTail(graph, head, settings);
}
