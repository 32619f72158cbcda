/** Pictures of one size one after the other, as one array that can be handed to another thread. */
export function joinPictures(pictures: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [first] = pictures;
  const pixels = new Uint8Array((first?.length ?? 0) * pictures.length);
  pictures.forEach((picture, i) => pixels.set(picture, i * picture.length));
  return pixels;
}
