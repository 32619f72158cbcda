/** Asking a model about photos. */
export { classifyPhotos, type Classified } from './classify-photos.ts';
export { listPhotos, type ListedPhoto } from './list-photos.ts';
export { classifierOf, joined, openClassifier, type Classifier } from './open-classifier.ts';
export { preparePhotos, type PhotoFile, type PreparedPhoto } from './prepare-photos.ts';
export { predictPhotos } from './predict-photos.ts';
