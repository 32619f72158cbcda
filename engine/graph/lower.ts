import type { tf } from '../tensorflow/runtime.ts';
import { fuse } from './fuse.ts';
import type { InferenceGraph } from './inference-graph.ts';
import { lowerLayer } from './lower-layer.ts';
import { walkLayers } from './walk-layers.ts';

/**
 * The inference graph of a trained Keras network: functional or sequential, models inside it flattened, batch norm
 * folded, dropout gone, activations fused. A node is named after its layer, a fused one after the last layer that it took
 * in; a layer that does nothing is the node before it. `outputs` are names of layers, by default those that the model
 * answers with.
 * @throws ScenelabError MODEL_INVALID naming the layer that has no counterpart here.
 */
export function lower(model: tf.LayersModel, outputs?: readonly string[]): InferenceGraph {
  return fuse(walkLayers(model, lowerLayer, outputs));
}
