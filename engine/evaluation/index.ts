/**
 * How good a model is. Its parts are imported from their own files by the compute thread and by training: figures
 * (metrics.ts, roc.ts, wilson.ts), mistakes (find-mistakes.ts), the verdict kept with a run (stored-evaluation.ts).
 */
export { evaluateModel } from './evaluate-model.ts';
