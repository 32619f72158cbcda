/** Photos: from any file to the working copy, and from the working copy to what a network sees. */
export { augmentPhoto } from './augment-photo.ts';
export { framePhoto } from './frame-photo.ts';
export { joinPictures } from './join-pictures.ts';
export { photoId } from './photo-id.ts';
export { readPixels } from './pixels.ts';
export { readExposure } from './read-exposure.ts';
export { readPhotoFile } from './read-photo-file.ts';
export { readStoredCopy } from './read-stored-copy.ts';
export { skippedBy, SkipError } from './skip-error.ts';
export { sniffFormat } from './sniff-format.ts';
export { readWorkingCopy, type WorkingCopy } from './working-copy.ts';
export { writePng, type RawPicture } from './write-png.ts';
