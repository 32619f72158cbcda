import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../contract/index.ts';
import { openOnnxModel, openTfliteModel, type RunnableGraph } from '../inference/index.ts';
import { readKerasModel } from '../models/keras-model.ts';
import { invalid, readJson } from '../models/read-model-info.ts';
import { Signature } from '../models/signature.ts';
import { tfjsFiles } from '../models/tfjs-files.ts';
import { startProgress } from '../progress.ts';
import { currentRuntime, loadSavedModel, startRuntime, tf } from '../tensorflow/index.ts';

/** A network of an exported file: `[n, size, size, 3]` float32 to probabilities `[n, classes]`. */
interface ExportedNetwork {
  run(values: Float32Array, n: number): Promise<Float32Array>;
  dispose(): void;
}

/** Photos at once: not all formats run fast, so memory is kept low. */
const batchSize = 8;

/**
 * Runs a written model from its files alone, as another program would: loaded by the format's own runtime, pixels scaled
 * as `signature.json` says. `photos` are framed, each `[size, size, 3]` uint8; each answer is `[classes]` float32. Null
 * where that runtime isn't on this machine (SavedModel without native TensorFlow, ONNX without ONNX Runtime, TFLite without
 * LiteRT). Yields how many are answered.
 * @throws ScenelabError MODEL_INVALID when the files can't be loaded. A task of the compute thread.
 */
export async function* runExport({
  folder,
  photos,
}: {
  folder: string;
  photos: readonly Uint8Array[];
}): AsyncGenerator<Progress, Float32Array[] | null, void> {
  await startRuntime();
  const signature = await readJson(folder, 'signature.json', Signature);
  if (!signature) throw invalid(folder, 'has no signature.json');
  const network = await open(folder, signature);
  if (!network) return null;
  const { mean, standardDeviation } = signature.preprocessing.pixelScale;
  const answers: Float32Array[] = [];
  const progress = startProgress('verify', photos.length);
  try {
    for (let start = 0; start < photos.length; start += batchSize) {
      const batch = photos.slice(start, start + batchSize);
      const pixels = batch.flatMap((photo) => Array.from(photo));
      const values = Float32Array.from(pixels, (pixel) => (pixel - mean) / standardDeviation);
      const probabilities = await network.run(values, batch.length);
      const classes = probabilities.length / batch.length;
      answers.push(...batch.map((_, i) => probabilities.slice(i * classes, (i + 1) * classes)));
      yield progress.now(answers.length);
    }
  } finally {
    network.dispose();
  }
  return answers;
}

function open(folder: string, signature: Signature): Promise<ExportedNetwork | null> {
  const shape = signature.inputs.Image.shape.slice(1).map(Number);
  const file = join(folder, signature.filename);
  if (signature.format === 'onnx') return openFile(openOnnxModel, file, shape);
  if (signature.format === 'tf_lite') return openFile(openTfliteModel, file, shape);
  if (signature.format === 'keras') return openKeras(file, shape);
  if (signature.format === 'tf') return openSavedModel(folder, shape);
  return signature.format === 'tf_js'
    ? openGraphModel(folder, signature, shape)
    : openLayersModel(folder, shape);
}

async function openLayersModel(folder: string, shape: number[]): Promise<ExportedNetwork> {
  const model = await tf.loadLayersModel(await tfjsFiles(folder));
  return asNetwork(
    (x) => model.predict(x),
    shape,
    () => model.dispose(),
  );
}

/** Keras itself needs Python; TensorFlow.js has the same layers. */
async function openKeras(file: string, shape: number[]): Promise<ExportedNetwork> {
  const model = await readKerasModel(file);
  return asNetwork(
    (x) => model.predict(x),
    shape,
    () => model.dispose(),
  );
}

async function openGraphModel(folder: string, { inputs, outputs }: Signature, shape: number[]) {
  const model = await tf.loadGraphModel(await tfjsFiles(folder));
  const execute = (x: tf.Tensor) => model.execute({ [inputs.Image.name]: x }, outputs.Confidences.name);
  return asNetwork(execute, shape, () => model.dispose());
}

async function openSavedModel(folder: string, shape: number[]): Promise<ExportedNetwork | null> {
  if (currentRuntime().kind !== 'native') return null;
  const model = await loadSavedModel(folder);
  return asNetwork(
    (Image) => model.predict({ Image }),
    shape,
    () => model.dispose(),
  );
}

/** A network of one file, whose runtime may not be there. */
async function openFile(
  open: (bytes: Uint8Array, shape: readonly number[]) => Promise<RunnableGraph | undefined>,
  file: string,
  shape: number[],
): Promise<ExportedNetwork | null> {
  const network = await open(await readFile(file), shape);
  if (!network) return null;
  const run = async (values: Float32Array, n: number) =>
    (await network.run(values, n))[0] ?? new Float32Array(0);
  return { run, dispose: () => network.dispose() };
}

type Answer = tf.Tensor | tf.Tensor[] | tf.NamedTensorMap;

function asNetwork(predict: (x: tf.Tensor) => Answer, shape: number[], dispose: () => void): ExportedNetwork {
  const run = async (values: Float32Array, n: number) =>
    tf.tidy(() => {
      const answer = predict(tf.tensor(values, [n, ...shape]));
      const tensor = answer instanceof tf.Tensor ? answer : Object.values(answer)[0];
      if (!tensor) throw new Error('The network gave no answer.');
      return tensor.dataSync<'float32'>();
    });
  return { run, dispose };
}
