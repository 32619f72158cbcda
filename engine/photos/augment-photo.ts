import type { Augmentation, Framing } from '../../contract/index.ts';
import { readPixels, type Pixels } from './pixels.ts';
import { sample, type ColourChange, type Placement } from './sample-pixels.ts';

/**
 * A randomly changed version of a working copy: [size, size, 3] uint8 RGB. A crop of the framed photo, turned, perhaps mirrored,
 * with other brightness, contrast and saturation. The same numbers from `random` (in [0, 1), always nine are drawn) give the
 * same pixels. Pass {@link readPixels} instead of the image when several versions are wanted: the decoding is half of the work.
 */
export async function augmentPhoto(
  image: Buffer | Pixels,
  size: number,
  framing: Framing,
  augmentation: Augmentation,
  random: () => number,
): Promise<Uint8Array> {
  const pixels = Buffer.isBuffer(image) ? await readPixels(image) : image;
  const draw = (from: number, to: number) => from + (to - from) * random();
  const change = (share: number) => draw(1 - share, 1 + share);
  const area = draw(augmentation.cropArea, 1);
  const logAspect = Math.log(augmentation.cropAspect);
  const aspect = Math.exp(draw(-logAspect, logAspect));
  const place = placeCrop(pixels, framing, area, aspect, random(), random());
  const angle = (draw(-augmentation.rotate, augmentation.rotate) * Math.PI) / 180;
  const mirrored = random() < 0.5 && augmentation.flip;
  const colour: ColourChange = {
    brightness: change(augmentation.brightness),
    contrast: change(augmentation.contrast),
    saturation: change(augmentation.saturation),
  };
  return sample(
    pixels,
    size,
    { ...place, angle, mirrored, beyond: framing === 'fit' ? 'grey' : 'mirror' },
    colour,
  );
}

/**
 * Where a crop lies that keeps `area` of the framed photo. With `crop` it may come from anywhere along the photo, with `fit` the
 * grey bars belong to what is cropped. `across` and `down` in [0, 1) place it.
 */
function placeCrop(
  photo: Pixels,
  framing: Framing,
  area: number,
  aspect: number,
  across: number,
  down: number,
): Pick<Placement, 'x' | 'y' | 'width' | 'height'> {
  const short = Math.min(photo.width, photo.height);
  const long = Math.max(photo.width, photo.height);
  const framed = {
    stretch: photo,
    crop: { width: short, height: short },
    fit: { width: long, height: long },
  }[framing];
  const canvas = framing === 'fit' ? framed : photo;
  const width = Math.min(framed.width * Math.sqrt(area * aspect), framed.width);
  const height = Math.min(framed.height * Math.sqrt(area / aspect), framed.height);
  return {
    x: photo.width / 2 + (canvas.width - width) * (across - 0.5),
    y: photo.height / 2 + (canvas.height - height) * (down - 0.5),
    width,
    height,
  };
}
