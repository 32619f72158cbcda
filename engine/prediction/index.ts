/** Asking a model about photos. */
export { classifyPhotos } from './classify-photos.ts';
export { droppedFolder } from './dropped-folder.ts';
export { findPhotos } from './find-photos.ts';
export { listPhotos, type ListedPhoto } from './list-photos.ts';
export { classifierOf, openClassifier, type Classifier } from './open-classifier.ts';
export { preparePhotos, type PhotoFile } from './prepare-photos.ts';
export { predictPhotos } from './predict-photos.ts';
export { PredictedFiles } from './predicted-files.ts';
export { sortPhotos } from './sort-photos.ts';
