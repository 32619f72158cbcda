/** Colours of a map, by value 0 … 255: `[256, 4]` uint8 RGBA, evenly from one of `stops` (#rrggbb) to the next. */
export function rampOf(stops: readonly string[]): Uint8Array {
  const colours = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  const ramp = new Uint8Array(256 * 4).fill(255);
  for (let value = 0; value < 256; value++) {
    const place = (value / 255) * (stops.length - 1);
    const below = Math.min(Math.floor(place), stops.length - 2);
    for (let part = 0; part < 3; part++) {
      const [from, to] = [colours[below]?.[part] ?? 0, colours[below + 1]?.[part] ?? 0];
      ramp[value * 4 + part] = Math.round(from + (place - below) * (to - from));
    }
  }
  return ramp;
}

export interface Picture {
  width: number;
  height: number;
  /** `map`: one value a pixel, coloured by the ramp; else 3 for RGB, 1 for grey. */
  channels: 'map' | 1 | 3;
  /** uint8 `[height, width, channels]`. */
  bytes: Uint8Array;
}

/** Paints a picture on a canvas of its size. */
export function paint(canvas: HTMLCanvasElement, { width, height, channels, bytes }: Picture): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const image = context.createImageData(width, height);
  const ramp = channels === 'map' ? mapRamp() : null;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const value = bytes[pixel] ?? 0;
    if (ramp) image.data.set(ramp.subarray(value * 4, value * 4 + 4), pixel * 4);
    else if (channels === 1) image.data.set([value, value, value, 255], pixel * 4);
    else image.data.set([...bytes.subarray(pixel * 3, pixel * 3 + 3), 255], pixel * 4);
  }
  context.putImageData(image, 0, 0);
}

let known: Uint8Array | null = null;

/** The ramp of tokens.css, which is the only place for colours. */
function mapRamp(): Uint8Array {
  const style = getComputedStyle(document.documentElement);
  return (known ??= rampOf([0, 1, 2, 3, 4].map((stop) => style.getPropertyValue(`--map-${stop}`).trim())));
}
