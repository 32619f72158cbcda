/** How good a model is: figures, mistakes, and the verdict kept with a run. */
export { evaluateModel } from './evaluate-model.ts';
export { findMistakes, type Answers } from './find-mistakes.ts';
export { argmax, baselineOf, measure } from './metrics.ts';
export { readEvaluation, storeEvaluation, type StoredEvaluation } from './stored-evaluation.ts';
export { wilsonInterval } from './wilson.ts';
