/** Features of photos: computed once by the frozen part of a network, kept in float16 on disk. */
export { embedPhotos, type EmbedRequest } from './embed-photos.ts';
export { openFeatureCache, type FeatureCache } from './feature-cache.ts';
export { featureFolder } from './feature-folder.ts';
export { trimCaches } from './trim-caches.ts';
export { variantsWithin } from './variants-within.ts';
