/** Asking a model about photos. */
export { classifyPhotos, type Classified, type PhotoFile } from './classify-photos.ts';
export { listPhotos, type ListedPhoto } from './list-photos.ts';
export { openClassifier, type Classifier } from './open-classifier.ts';
export { predictPhotos } from './predict-photos.ts';
