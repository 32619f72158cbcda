/** TensorFlow, and nothing but it: which runtime there is, running graphs on it, and the thread it runs in. */
export { openGraph } from './open-graph.ts';
export type { GraphOptions, RunnableGraph } from './runnable-graph.ts';
export { openNativeCalls, type NativeCalls } from './native-calls.ts';
export { openOnnxModel } from './onnx-graph.ts';
export { currentRuntime, loadSavedModel, startRuntime, tf } from './runtime.ts';
export { serveTasks } from './serve-tasks.ts';
export type { Thread } from './thread.ts';
