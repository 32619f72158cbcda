/**
 * Zeros that TensorFlow's SAME padding puts before and after one axis of `size` positions for a window of `window`
 * positions moved by `stride`: just enough for ceil(size / stride) outputs, the odd one after.
 */
export function samePadding(size: number, window: number, stride: number): [before: number, after: number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}
