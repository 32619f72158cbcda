import { z } from 'zod';

/** Height, width and channels of the images that a network looks at. */
export const ImageShape = z.tuple([
  z.number().int().min(1).max(8192),
  z.number().int().min(1).max(8192),
  z.number().int().min(1).max(64),
]);
export type ImageShape = z.infer<typeof ImageShape>;

/** What can be done when a training does not fit into the memory of a device. */
export const Remedy = z.enum([
  'smaller-batch',
  'larger-stride',
  'fewer-layers',
  'float16',
  'recompute',
  'second-device',
]);
export type Remedy = z.infer<typeof Remedy>;

export const Dtype = z.enum(['float32', 'float16']);
export type Dtype = z.infer<typeof Dtype>;

const Question = z.object({
  /** The network's own where it is not given. */
  input: ImageShape.optional(),
  batch: z.number().int().min(1).max(100_000).default(32),
  dtype: Dtype.default('float32'),
  remedies: z.array(Remedy).default([]),
});

/** A network by its id or the folder of a model, or layers as text ("conv 100 3x3/2 same relu, dense 10"). */
export const InspectInput = z.union([
  Question.extend({ network: z.string() }),
  Question.extend({ layers: z.string() }),
]);
export type InspectInput = z.infer<typeof InspectInput>;

/** A network that can be inspected by its id. */
export const NetworkInfo = z.object({ id: z.string(), name: z.string(), input: ImageShape });
export type NetworkInfo = z.infer<typeof NetworkInfo>;

/** A layer and what it costs for one image. */
export const InspectedLayer = z.object({
  name: z.string(),
  kind: z.string(),
  /** The layer as text: kind and settings. */
  text: z.string(),
  /** Names of the layers that it reads; "image" is the input. */
  inputs: z.array(z.string()),
  /** Without the batch. */
  outputShape: z.array(z.number().int()),
  /** All weights, batch norm's moving averages among them, as Keras counts. */
  parameters: z.number(),
  /** Of convolutions and dense layers; a multiplication and its addition are one. */
  multiplyAdds: z.number(),
  outputBytes: z.number(),
});
export type InspectedLayer = z.infer<typeof InspectedLayer>;

/** Bytes that a network takes. */
export const NetworkMemory = z.object({
  parametersBytes: z.number(),
  /** Of one image: the parameters and the largest maps that must be there at the same time. */
  predictionBytes: z.number(),
  /** Of a batch: the sum of `training`, on one device. */
  trainingBytes: z.number(),
  training: z.object({
    /** What every layer gives, kept for the backward pass. */
    activationsBytes: z.number(),
    inputsBytes: z.number(),
    parametersBytes: z.number(),
    /** Of the parameters. */
    gradientsBytes: z.number(),
    /** Adam's two moments, in float32; with float16 the float32 copy of the parameters too. */
    optimizerBytes: z.number(),
  }),
  /** The same with the gradients of activations, where the backward pass has most of them alive. */
  peakBytes: z.number(),
});
export type NetworkMemory = z.infer<typeof NetworkMemory>;

/** What switching a remedy on, with the others as they are, changes in training. */
export const RemedyEffect = z.object({
  remedy: Remedy,
  on: z.boolean(),
  /** Less than zero where it takes more. */
  savesBytes: z.number(),
  /** Multiply-adds of an epoch with it, over those without it. */
  work: z.number(),
  /** Why this network can't have it; null when it can. */
  obstacle: z.string().nullable(),
});
export type RemedyEffect = z.infer<typeof RemedyEffect>;

/** A network from arithmetic alone, with the remedies that are on. */
export const Inspection = z.object({
  name: z.string(),
  input: ImageShape,
  inputBytes: z.number(),
  /** As asked for; remedies may put fewer images on a device at once. */
  batch: z.number().int(),
  batchOnDevice: z.number().int(),
  dtype: Dtype,
  parameters: z.number(),
  /** Those that gradients change. */
  trainableParameters: z.number(),
  /** Of one image. */
  multiplyAdds: z.number(),
  layers: z.array(InspectedLayer),
  /** The layers as text where they stand one after the other; null where they branch. */
  layersText: z.string().nullable(),
  memory: NetworkMemory,
  remedies: z.array(RemedyEffect),
});
export type Inspection = z.infer<typeof Inspection>;
