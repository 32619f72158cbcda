/** TensorFlow, and nothing but it: which runtime there is, and the thread it runs in. */
export { currentRuntime, loadSavedModel, startRuntime, tf } from './runtime.ts';
export { serveTasks } from './serve-tasks.ts';
export type { Thread } from './thread.ts';
