/** Running graphs: frozen ones as fast as the machine can, and native TensorFlow's calls of any graph. */
export { openGraph } from './open-graph.ts';
export type { GraphOptions, RunnableGraph } from './runnable-graph.ts';
export { openNativeCalls, type NativeCalls } from './native-calls.ts';
export { openOnnxModel } from './onnx-graph.ts';
export { openTfliteModel } from './tflite-graph.ts';
