/**
 * Scenelab as a library: photos in, an evaluated and exported model out, on your own threads.
 *
 * ```ts
 * using library = openLibrary('scenes.scenelab', { create: true });
 * const input = ImportInput.parse({ project: library.folder, folders: ['scenes'] });
 * for await (const event of importPhotos(library, input)) console.log(event);
 * const wanted = TrainInput.parse({ project: library.folder, preset: 'quick' });
 * for await (const event of trainModel(startCompute(), library, wanted, { signal })) console.log(event);
 * ```
 * Long work is a generator that yields what happens and returns its result. What needs TensorFlow takes the compute thread.
 */
export * from '../contract/index.ts';
export { listBackbones } from './backbones/registry.ts';
export type { Compute } from './compute.ts';
export { doctor } from './doctor.ts';
export { evaluateModel } from './evaluation/index.ts';
export { exportModel } from './exports/export-model.ts';
export { cacheFolder, projectsFolder, userDataFolder } from './folders.ts';
export { importPhotos } from './imports/index.ts';
export {
  findProject,
  labelPhotos,
  openLibrary,
  readLabelsCsv,
  redo,
  undo,
  writeLabelsCsv,
  type Library,
} from './library/index.ts';
export { predictPhotos } from './prediction/index.ts';
export { startEngine } from './process/spawn.ts';
export { startCompute } from './start-compute.ts';
export { trainModel } from './training/train-model.ts';
