/**
 * Palette indices [height, width] uint8, bottom row first as stored, of a run-length encoded bitmap (BI_RLE8, or BI_RLE4 with
 * two indices in a byte). What the runs leave out keeps index 0; data that ends early ends the picture.
 */
export function unpackRuns(bytes: Buffer, width: number, height: number, fourBits: boolean): Uint8Array {
  const indices = new Uint8Array(width * height);
  let x = 0;
  let y = 0;
  const put = (index: number) => {
    if (x < width && y < height) indices[y * width + x] = index;
    x++;
  };
  const half = (byte: number, i: number) => (fourBits ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
  for (let at = 0; at + 2 <= bytes.length && y < height;) {
    const count = bytes[at] ?? 0;
    const value = bytes[at + 1] ?? 0;
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(half(value, i));
    else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) break;
    else if (value === 2) {
      x += bytes[at] ?? 0;
      y += bytes[at + 1] ?? 0;
      at += 2;
    } else {
      for (let i = 0; i < value; i++) put(half(bytes[at + (fourBits ? i >> 1 : i)] ?? 0, i));
      const length = fourBits ? Math.ceil(value / 2) : value;
      at += length + (length % 2);
    }
  }
  return indices;
}
