import type { Baseline, Framing, Metrics, PixelScale, TrainSettings } from '../../contract/index.ts';
import type { InferenceGraph } from '../graph/inference-graph.ts';

/** What a model says about itself, without its network. */
export interface ModelInfo {
  readonly name: string;
  /** In the order of the network's outputs. */
  readonly classNames: string[];
  /** How a photo becomes the square that the network sees. */
  readonly framing: Framing;
  /** How pixels 0 … 255 become the numbers that the network expects. */
  readonly pixelScale: PixelScale;
  /** Id of the backbone that was fine-tuned; null when another program made the model. */
  readonly backbone: string | null;
  /** An answer less probable than this had better not be believed. */
  readonly unsureBelow: number;
  /** Photos of each class that it was trained on; empty when not known. */
  readonly trainingPhotos: number[];
}

/** A model ready to answer: input `[batch, inputSize, inputSize, 3]` by `pixelScale`, one output, probabilities. */
export interface TrainedModel extends ModelInfo {
  readonly graph: InferenceGraph;
  readonly inputSize: number;
}

/** How a model came to be and how good it is: what its model card tells. Plain data. */
export interface ModelDetails {
  /** ISO 8601. */
  readonly trainedAt: string;
  readonly settings: TrainSettings;
  /** Of the untouched test photos, by the model as it was before the refit. */
  readonly test: Metrics;
  readonly baseline: Baseline;
}
