/** The inference graph: from Keras layers to one small typed graph, and from it to everything that runs or is exported. */
export type * from './inference-graph.ts';
export { lower } from './lower.ts';
export { runEagerly } from './run-eagerly.ts';
export { nodeNamed, subgraph } from './subgraph.ts';
export { rescaleInput } from './rescale-input.ts';
export { toLayersModel } from './to-layers-model.ts';
export type * from './trainable-graph.ts';
export { lowerTrainable } from './lower-trainable.ts';
export { freeze } from './freeze.ts';
export { runTrainingEagerly } from './run-training-eagerly.ts';
export {
  toTrainingGraph,
  type NetworkInTraining,
  type TrainingCall,
  type TrainingGraph,
} from './training-graph.ts';
export { statisticsOf, weightsOf, withWeights } from './trainable-graph.ts';
export type { UpdateRule } from './update-rules.ts';
export { writeTfjsGraphModel } from './tfjs-graph.ts';
export { writeSavedModel } from './savedmodel.ts';
export { toOnnx } from './onnx.ts';
export { toTflite } from './tflite.ts';
export { toFlatbuffer, type Table } from './flatbuffer.ts';
