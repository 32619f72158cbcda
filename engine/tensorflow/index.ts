/** TensorFlow, and nothing but it: which runtime there is, running graphs on it, and the thread it runs in. */
export { currentRuntime, loadSavedModel, startRuntime, tf, type SavedModel } from './runtime.ts';
