import type { PixelScale } from '../../contract/index.ts';
import type { TrainableGraph, Weight } from '../graph/index.ts';
import type { OptimizerSettings } from './optimizer.ts';

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
