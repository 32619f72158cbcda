import type { PixelScale } from '../../contract/index.ts';
import { freeze, withWeights, type InferenceGraph } from '../graph/index.ts';
import { findNetwork } from '../networks/registry.ts';
import { keepOpen, type OpenedNetwork } from '../prediction/run-network.ts';
import { startRuntime } from '../tensorflow/index.ts';
import { buildLabNetwork } from './build-lab-network.ts';
import { readLabWeights } from './kept-networks.ts';

/**
 * The graph of a kept network, which answers pixels `[batch, ...input]` with `probabilities` `[batch, classes]`. TensorFlow must
 * have been started. Throws NOT_FOUND.
 */
export function loadLabNetwork(id: string): { graph: InferenceGraph; pixelScale: PixelScale } {
  const { network, input, settings, classNames, weights } = readLabWeights(id);
  const size = { network, input, width: settings.width, classes: classNames.length };
  const graph = freeze(withWeights(buildLabNetwork(size), weights));
  return { graph, pixelScale: findNetwork(network).pixelScale };
}

/**
 * Makes a kept network ready to answer `runNetwork`, with the nodes `outputs` or its probabilities; a task of the compute thread.
 * To be closed with `closeNetwork`.
 * @throws ScenelabError NOT_FOUND
 */
export async function openLabNetwork({
  id,
  outputs,
}: {
  id: string;
  outputs?: string[];
}): Promise<OpenedNetwork> {
  await startRuntime();
  const { graph, pixelScale } = loadLabNetwork(id);
  const inputSize = graph.nodes[0]?.shape[0] ?? 0;
  return keepOpen({ graph, inputSize, pixelScale }, outputs);
}
