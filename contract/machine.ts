import { z } from 'zod';

/** A place in a backbone where freezing can end. */
export const CutInfo = z.object({
  name: z.string(),
  /** What is trained above it, in words. */
  trains: z.string(),
  /** Values per photo that the cut cache holds. */
  values: z.number().int(),
});
export type CutInfo = z.infer<typeof CutInfo>;

/** Pixel values become network inputs by `(value - mean) / standardDeviation`, value in 0 … 255. */
export const PixelScale = z.object({ mean: z.number(), standardDeviation: z.number() });
export type PixelScale = z.infer<typeof PixelScale>;

export const BackboneInfo = z.object({
  id: z.string(),
  name: z.string(),
  inputSize: z.number().int(),
  pixelScale: PixelScale,
  embeddingSize: z.number().int(),
  cuts: z.array(CutInfo),
  /** The names its own ImageNet head answers with, or none. */
  classes: z.number().int(),
  licence: z.string(),
  source: z.string(),
  /** Whether its weights come with the app; the others are fetched. */
  bundled: z.boolean(),
  /** Whether its weights are on this machine. */
  installed: z.boolean(),
});
export type BackboneInfo = z.infer<typeof BackboneInfo>;

/** What the engine computes with. */
export const RuntimeInfo = z.object({
  kind: z.enum(['native', 'portable']),
  /** For people, e.g. "TensorFlow 2.21.0, CPU, 2 cores". */
  device: z.string(),
  tensorflow: z.string().nullable(),
  gpu: z.boolean(),
  /** Why it is not better than it is; empty when it is the best. */
  reason: z.string(),
});
export type RuntimeInfo = z.infer<typeof RuntimeInfo>;

export const DoctorReport = z.object({
  scenelab: z.string(),
  node: z.string(),
  platform: z.string(),
  runtime: RuntimeInfo,
  memory: z.object({ totalBytes: z.number(), freeBytes: z.number() }),
  cores: z.number().int(),
  backbones: z.array(BackboneInfo),
  folders: z.array(
    z.object({ purpose: z.string(), path: z.string(), bytes: z.number(), writable: z.boolean() }),
  ),
  problems: z.array(z.object({ problem: z.string(), fix: z.string() })),
  /** Why TensorFlow for the GPU can't be installed here; null when it can, or is. */
  gpuObstacle: z.string().nullable(),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

/** What takes up room on this machine, in bytes. */
export const StorageReport = z.object({
  projects: z.array(
    z.object({
      project: z.string(),
      name: z.string(),
      bytes: z.number(),
      /** Of these, what training makes again when it needs it. */
      cacheBytes: z.number(),
    }),
  ),
  cacheFolder: z.string(),
  /** Previews and downloads that were broken off. */
  cacheBytes: z.number(),
  /** TensorFlow's libraries. */
  runtimeBytes: z.number(),
  /** Backbones that were added. */
  backboneBytes: z.number(),
  /** Networks that were trained in the Lab. */
  labBytes: z.number(),
  /** Left on the disk of the projects; null where that can't be told. */
  freeBytes: z.number().nullable(),
});
export type StorageReport = z.infer<typeof StorageReport>;
