/**
 * Models as folders: finding one, and giving it away. What needs the network runs on the compute thread as its tasks
 * (write-model.ts, read-model.ts, convert-model.ts, run-export.ts); what a folder says about itself is in
 * read-model-info.ts.
 */
export { exportModel } from './export-model.ts';
export { findModel } from './find-model.ts';
