import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Framing, PixelScale } from '../../contract/index.ts';
import type { ModelInfo } from './trained-model.ts';

/** Teachable Machine's clients feed the network `pixel / 127 - 1`. */
export const teachableMachineScale: PixelScale = { mean: 127, standardDeviation: 127 };

/** Teachable Machine's example for Keras feeds the network `pixel / 127.5 - 1`. */
export const teachableKerasScale: PixelScale = { mean: 127.5, standardDeviation: 127.5 };

/** Lobe's clients feed the network `pixel / 255`. */
export const lobeScale: PixelScale = { mean: 0, standardDeviation: 255 };

const Tensor = z.object({
  dtype: z.literal('float32'),
  /** The batch dimension is null. */
  shape: z.array(z.number().int().nullable()),
  /** Of the tensor in the file. */
  name: z.string(),
});

/**
 * `signature.json` beside a model: the fields of a Lobe export (its `export_model_version` 1), then what Scenelab adds
 * so that any program can prepare a photo in the same way.
 */
export const Signature = z.object({
  doc_id: z.string(),
  doc_name: z.string(),
  doc_version: z.string(),
  /** Lobe's `tf`, `tf_js`, `tf_lite` and `onnx`; `tf_js_layers` and `keras` are what Lobe has no name for. */
  format: z.enum(['tf', 'tf_js', 'tf_js_layers', 'tf_lite', 'onnx', 'keras']),
  version: z.literal(1),
  inputs: z.object({ Image: Tensor }),
  outputs: z.object({ Confidences: Tensor }),
  tags: z.array(z.string()),
  classes: z.object({ Label: z.array(z.string()).min(1) }),
  filename: z.string(),
  export_model_version: z.literal(1),
  backbone: z.string().nullable(),
  preprocessing: z.object({ framing: Framing, pixelScale: PixelScale }),
  unsureBelow: z.number().min(0).max(1),
  trainingPhotos: z.array(z.number().int()),
});
export type Signature = z.infer<typeof Signature>;

/** The file that holds the network, and the names of its tensors in there. */
export interface NetworkFile {
  readonly format: Signature['format'];
  readonly filename: string;
  readonly input: string;
  readonly output: string;
  readonly inputSize: number;
  /** Of the network in the file, which may differ from that of the model it was made from. */
  readonly pixelScale: PixelScale;
  /** Hexadecimal digest of the network; the same model has the same version. */
  readonly version: string;
}

/** The signature of a model as it stands in a file. */
export function signatureOf(model: ModelInfo, file: NetworkFile): Signature {
  const { inputSize: size } = file;
  const id = createHash('sha256').update(model.name).digest('hex');
  return {
    doc_id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    doc_name: model.name,
    doc_version: file.version.slice(0, 32),
    format: file.format,
    version: 1,
    inputs: { Image: { dtype: 'float32', shape: [null, size, size, 3], name: file.input } },
    outputs: { Confidences: { dtype: 'float32', shape: [null, model.classNames.length], name: file.output } },
    tags: file.format === 'tf' ? ['serve'] : [],
    classes: { Label: model.classNames },
    filename: file.filename,
    export_model_version: 1,
    backbone: model.backbone,
    preprocessing: { framing: model.framing, pixelScale: file.pixelScale },
    unsureBelow: model.unsureBelow,
    trainingPhotos: model.trainingPhotos,
  };
}
