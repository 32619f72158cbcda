/**
 * Models as folders: finding one, what it says about itself, and giving it away. What needs the network runs on the
 * compute thread as its tasks: `writeModel`, `convertModel`, `runExport` (write-model.ts, convert-model.ts, run-export.ts).
 */
export { exportModel } from './export-model.ts';
export { findModel, modelFolder, type FoundModel, type ProjectRun } from './find-model.ts';
export { readModelInfo } from './read-model-info.ts';
export type { ModelDetails, ModelInfo, TrainedModel } from './trained-model.ts';
