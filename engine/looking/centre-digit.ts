/** A picture in grey: `[height, width]` uint8, ink is 255. */
export interface Grey {
  readonly height: number;
  readonly width: number;
  readonly values: Uint8Array;
}

/** MNIST's: a digit of 20 pixels in a field of 28. */
const digitSide = 20;
export const fieldSide = 28;
/** Where the centre of mass lies, from the field's edge: in the middle of pixel 14, as in MNIST's own digits. */
const centre = 14.5;

/**
 * A drawing in the form that MNIST's digits have (LeCun, Cortes and Burges): its ink is brought to a square of 20 × 20 pixels
 * without changing its shape, its grey coming from the area that each pixel covers, and that is put into a field of 28 × 28
 * so that its centre of mass lies in the middle pixel. `[28, 28]` uint8; null where there is no ink.
 */
export function centreDigit(drawing: Grey): Uint8Array | null {
  const box = inkOf(drawing);
  if (!box) return null;
  const scale = digitSide / Math.max(box.bottom - box.top, box.right - box.left);
  const height = Math.max(1, Math.round(scale * (box.bottom - box.top)));
  const width = Math.max(1, Math.round(scale * (box.right - box.left)));
  const digit = new Float32Array(height * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      digit[y * width + x] = meanOver(drawing, {
        top: box.top + (y * (box.bottom - box.top)) / height,
        bottom: box.top + ((y + 1) * (box.bottom - box.top)) / height,
        left: box.left + (x * (box.right - box.left)) / width,
        right: box.left + ((x + 1) * (box.right - box.left)) / width,
      });
  return putInField(digit, height, width);
}

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

function inkOf({ height, width, values }: Grey): Box | null {
  let [top, bottom, left, right] = [height, 0, width, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!values[y * width + x]) continue;
      [top, bottom] = [Math.min(top, y), y + 1];
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    }
  return bottom > top ? { top, bottom, left, right } : null;
}

/** The mean of a part of the picture, pixels at its edge by the share of them that lies inside. */
function meanOver({ width, values }: Grey, { top, bottom, left, right }: Box): number {
  let sum = 0;
  for (let y = Math.floor(top); y < bottom; y++)
    for (let x = Math.floor(left); x < right; x++) {
      const share =
        (Math.min(bottom, y + 1) - Math.max(top, y)) * (Math.min(right, x + 1) - Math.max(left, x));
      sum += share * (values[y * width + x] ?? 0);
    }
  return sum / ((bottom - top) * (right - left));
}

function putInField(digit: Float32Array, height: number, width: number): Uint8Array {
  let [mass, down, across] = [0, 0, 0];
  digit.forEach((ink, i) => {
    mass += ink;
    down += ink * (Math.floor(i / width) + 0.5);
    across += ink * ((i % width) + 0.5);
  });
  const place = (moment: number, size: number) =>
    Math.min(fieldSide - size, Math.max(0, Math.round(centre - moment / mass)));
  const [top, left] = [place(down, height), place(across, width)];
  const field = new Uint8Array(fieldSide * fieldSide);
  digit.forEach((ink, i) => {
    field[(top + Math.floor(i / width)) * fieldSide + left + (i % width)] = Math.round(ink);
  });
  return field;
}
