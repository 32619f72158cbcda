import { z } from 'zod';
import { ImageShape } from './inspection.ts';
import { PixelScale } from './machine.ts';
import { ClassProbability } from './models.ts';
import { Framing, PhotoId } from './photos.ts';

/*
 * What a network sees. Feature maps and filters cross as bytes in base64: a layer is at most 64 maps of 112 × 112, 0.8 MB, and
 * the page draws bytes as they are; pictures of them would have to be encoded and decoded for every stroke of a digit.
 */

/** Maps of a layer, and points along a side of a map, that are shown at most. */
export const mostMaps = 64;
export const mapSide = 112;

/** A photo to look at: a file, or one of a project. */
export const LookedPhoto = z.union([
  z.object({ path: z.string() }),
  z.object({ project: z.string(), photo: PhotoId }),
]);
export type LookedPhoto = z.infer<typeof LookedPhoto>;

/** A file that may be a photo, and what `photoFile` knows it by as long as this engine runs. */
export const FoundPhoto = z.object({ path: z.string(), photo: PhotoId });
export type FoundPhoto = z.infer<typeof FoundPhoto>;

/** A layer that gives maps `[height, width, channels]`, or values `[units]`. */
export const SeenLayer = z.object({
  name: z.string(),
  kind: z.string(),
  shape: z.array(z.number().int()),
});
export type SeenLayer = z.infer<typeof SeenLayer>;

/**
 * Kernels of the first convolution as pictures, each on its own scale with zero in the middle: 0 is minus its largest
 * magnitude, 255 plus. Batch norm is folded in, as in all that runs: it multiplies a kernel by one number, which on its own scale
 * shows only where it is negative. A kernel that died in training is grey.
 */
export const Filters = z.object({
  layer: z.string(),
  height: z.number().int(),
  width: z.number().int(),
  /** Red, green and blue, or grey. */
  channels: z.union([z.literal(1), z.literal(3)]),
  count: z.number().int(),
  /** uint8 `[count, height, width, channels]`, in base64. */
  values: z.base64(),
});
export type Filters = z.infer<typeof Filters>;

/** A network from the inside, without a photo. */
export const NetworkInside = z.object({
  name: z.string(),
  input: ImageShape,
  /** Its own preprocessing: how a photo becomes its input. */
  framing: Framing,
  pixelScale: PixelScale,
  /** Names that it can give. */
  classes: z.number().int(),
  /** In the order in which they are computed. */
  layers: z.array(SeenLayer),
  /** Null where no convolution reads the image. */
  filters: Filters.nullable(),
});
export type NetworkInside = z.infer<typeof NetworkInside>;

/** What a layer gives for one image. */
export const FeatureMaps = z.object({
  layer: z.string(),
  /** As of `SeenLayer`. */
  kind: z.string(),
  /** Of all that the layer gives. */
  shape: z.array(z.number().int()),
  /** Of a map as it is sent: where `shape` is larger than `mapSide`, a point is the mean of several. Units are one row. */
  height: z.number().int(),
  width: z.number().int(),
  /** The maps that are sent. A byte of a map means `low + byte / 255 * (high - low)`; zero is always in the range. */
  maps: z.array(
    z.object({
      channel: z.number().int(),
      /** Mean magnitude. */
      strength: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
  /** uint8 `[maps, height, width]`, in base64. */
  values: z.base64(),
});
export type FeatureMaps = z.infer<typeof FeatureMaps>;

export const LookAtPhotoInput = z.object({
  /** Id of a backbone or of a kept network, folder of a model, or a project (its newest model). */
  network: z.string(),
  photo: LookedPhoto,
  /** Whose maps are wanted, if any's. */
  layer: z.string().nullable().default(null),
  /** How many names. */
  top: z.number().int().min(1).default(5),
});
export type LookAtPhotoInput = z.infer<typeof LookAtPhotoInput>;

/** What a network makes of a photo. */
export const LookedAtPhoto = z.object({
  /** Most probable first; none where the network has no names to give. */
  predictions: z.array(ClassProbability),
  maps: FeatureMaps.nullable(),
});
export type LookedAtPhoto = z.infer<typeof LookedAtPhoto>;

/** A drawing: ink on nothing, uint8 `[height, width]` in base64. */
export const Drawing = z.object({
  height: z.number().int().min(1).max(512),
  width: z.number().int().min(1).max(512),
  values: z.base64().max(400_000),
});
export type Drawing = z.infer<typeof Drawing>;

/** `network` is the id of a kept one. */
export const LookAtDigitInput = z.object({ network: z.string(), drawing: Drawing });
export type LookAtDigitInput = z.infer<typeof LookAtDigitInput>;

/** What a network for digits makes of a drawing. */
export const DigitAnswer = z.object({
  /** The drawing in MNIST's form, uint8 `[28, 28]` in base64; null without ink. */
  digit: z.base64().nullable(),
  /** In the order of the classes. */
  predictions: z.array(ClassProbability),
  /** Every layer's maps, in the network's order and each layer on one scale, so that a stroke changes only what it changes. */
  layers: z.array(FeatureMaps),
});
export type DigitAnswer = z.infer<typeof DigitAnswer>;

/** A digit of MNIST's test set, uint8 `[28, 28]` in base64, and what it is. */
export const TestDigit = z.object({ label: z.string(), digit: z.base64() });
export type TestDigit = z.infer<typeof TestDigit>;

export const WriteMapsInput = z.object({
  network: z.string(),
  /** Of the photo. */
  path: z.string(),
  layer: z.string(),
  out: z.string(),
});
export type WriteMapsInput = z.infer<typeof WriteMapsInput>;

export const WriteFiltersInput = z.object({ network: z.string(), out: z.string() });
export type WriteFiltersInput = z.infer<typeof WriteFiltersInput>;

/** Pictures that were written, as paths. */
export const WrittenPictures = z.object({ files: z.array(z.string()) });
export type WrittenPictures = z.infer<typeof WrittenPictures>;
