import type { PixelScale } from '../../contract/index.ts';
import { nodeNamed, subgraph, type TrainableGraph, type Weight } from '../graph/index.ts';
import { currentRuntime } from '../tensorflow/index.ts';
import { openCompiledNetwork } from './compiled-network.ts';
import { openEagerNetwork } from './eager-network.ts';
import type { OptimizerSettings } from './trainable-tail.ts';

/** What one optimizer step is made on. */
export interface PixelBatch {
  /** 0 … 255, `[photos, ...shape of the input]`. */
  readonly pixels: Uint8Array;
  /** `[photos, classes]`. */
  readonly targets: Float32Array;
  /** How much each photo counts, `[photos]`. */
  readonly weights: Float32Array;
}

/** A whole network while it is trained. Owns its tensors. */
export interface TrainableNetwork extends Disposable {
  /** One optimizer step (`step` counts from 0); gives the logits that it was made on, `[photos, classes]`. */
  step(batch: PixelBatch, learningRate: number, step: number): Float32Array;
  /** Logits `[photos, classes]` of pixels, with the weights as they are, batch norm by its running statistics. */
  logits(pixels: Uint8Array): Float32Array;
  /** What gradients change, and the running statistics, by `<node>/<part>`. */
  weights(): Map<string, Weight>;
  /** What the optimizer remembers, by weight and slot. */
  slots(): Map<string, Weight>;
  /** Takes over weights with statistics, and slots where there are any, by their names. */
  restore(tensors: ReadonlyMap<string, Weight>): void;
}

/** A network that is to be trained, and on what. */
export interface NetworkToTrain {
  /** Its outputs are logits `[classes]`: of the answer, then of any auxiliary classifiers. */
  readonly graph: TrainableGraph;
  readonly pixelScale: PixelScale;
  readonly settings: OptimizerSettings & { readonly seed: number };
}

/** By which the loss of each auxiliary classifier counts (Szegedy et al. 2014, section 5). */
export const auxiliaryShare = 0.3;

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
