/** Every noun, endpoint and error code of Scenelab, once. */
export * from './contract.ts';
export * from './errors.ts';
export * from './evaluation.ts';
export * from './inspection.ts';
export * from './jobs.ts';
export * from './lab-training.ts';
export * from './looking.ts';
export * from './machine.ts';
export * from './models.ts';
export * from './page.ts';
export * from './photo-list.ts';
export * from './photos.ts';
export * from './progress.ts';
export * from './projects.ts';
export * from './runs.ts';
export * from './sorting.ts';
export * from './training.ts';
