/** Photos into a library: which files there are, what each one is, what is stored of it. */
export { importPhotos } from './import-photos.ts';
export { scanFolders, type ScanOptions } from './scan-folders.ts';
