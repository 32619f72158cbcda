import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFormat, PixelScale } from '../../contract/index.ts';
import {
  rescaleInput,
  toLayersModel,
  toOnnx,
  toTflite,
  writeSavedModel,
  writeTfjsGraphModel,
  type InferenceGraph,
} from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { writeKerasModel } from './keras-model.ts';
import {
  lobeScale,
  teachableKerasScale,
  teachableMachineScale,
  type NetworkFile,
  type Signature,
} from './signature.ts';
import { tfliteMetadata, withLabels } from './tflite-metadata.ts';
import type { TrainedModel } from './trained-model.ts';

/** A format's conventions, and how its files are written; `write` gives the names of the input and output tensors. */
interface Writer {
  readonly format: Signature['format'];
  readonly filename: string;
  readonly pixelScale: PixelScale;
  write(
    graph: InferenceGraph,
    folder: string,
    classNames: readonly string[],
  ): Promise<{ input: string; output: string }>;
}

/** What callers know the input and the output by, as in Lobe's exports. */
const names = { inputName: 'Image', outputNames: ['Confidences'] };

const writers: Record<ExportFormat, Writer> = {
  tfjs: {
    format: 'tf_js_layers',
    filename: 'model.json',
    pixelScale: teachableMachineScale,
    write: (graph, folder) => asLayers(graph, (network) => writeLayers(network, folder)),
  },
  'tfjs-graph': {
    format: 'tf_js',
    filename: 'model.json',
    pixelScale: lobeScale,
    write: async (graph, folder) => tensorNames(await writeTfjsGraphModel(graph, folder, names)),
  },
  savedmodel: {
    format: 'tf',
    filename: 'saved_model.pb',
    pixelScale: lobeScale,
    write: async (graph, folder) => tensorNames(await writeSavedModel(graph, folder, names)),
  },
  onnx: oneFile('onnx', 'model.onnx', (graph) => toOnnx(graph, names)),
  tflite: oneFile('tf_lite', 'saved_model.tflite', (graph, classNames) =>
    withLabels(toTflite(graph, names, [tfliteMetadata(lobeScale)]), classNames),
  ),
  keras: {
    format: 'keras',
    filename: 'keras_model.h5',
    pixelScale: teachableKerasScale,
    write: (graph, folder) =>
      asLayers(graph, (network) => writeKerasModel(network, join(folder, 'keras_model.h5'))),
  },
};

/**
 * Writes the network of a model in a format, with the pixel scale of that format's clients inside.
 * TensorFlow must have been started.
 */
export async function writeNetwork(
  { graph, pixelScale, classNames }: Pick<TrainedModel, 'graph' | 'pixelScale' | 'classNames'>,
  format: ExportFormat,
  folder: string,
): Promise<NetworkFile> {
  const { write, ...file } = writers[format];
  const rescaled = rescaleInput(graph, pixelScale, file.pixelScale);
  const tensors = await write(rescaled, folder, classNames);
  return { ...file, ...tensors, inputSize: graph.nodes[0]?.shape[0] ?? 0, version: digest(graph) };
}

/** A format of one file by the conventions of Lobe, its tensors called as callers know them. */
function oneFile(
  format: Signature['format'],
  filename: string,
  encode: (graph: InferenceGraph, classNames: readonly string[]) => Uint8Array,
): Writer {
  return {
    format,
    filename,
    pixelScale: lobeScale,
    write: async (graph, folder, classNames) => {
      await writeFile(join(folder, filename), encode(graph, classNames));
      return { input: 'Image', output: 'Confidences' };
    },
  };
}

/** Writes a graph as the network of layers that it is; gives the names of its input and output. */
async function asLayers(
  graph: InferenceGraph,
  write: (network: tf.LayersModel) => Promise<void>,
): Promise<{ input: string; output: string }> {
  const network = toLayersModel(graph);
  try {
    await write(network);
    return { input: network.inputNames[0] ?? '', output: network.outputNames[0] ?? '' };
  } finally {
    network.dispose();
  }
}

/** A TF.js layers model in the files of a Teachable Machine export: `model.json` and one `weights.bin`. */
async function writeLayers(network: tf.LayersModel, folder: string): Promise<void> {
  const save = tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    const json = {
      format: 'layers-model',
      generatedBy: 'Scenelab',
      convertedBy: null,
      modelTopology,
      weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
    };
    await writeFile(join(folder, 'weights.bin'), new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
    await writeFile(join(folder, 'model.json'), JSON.stringify(json));
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await network.save(save);
}

function tensorNames(def: { input: { tensor: string }; outputs: readonly { tensor: string }[] }) {
  return { input: `${def.input.tensor}:0`, output: `${def.outputs[0]?.tensor ?? ''}:0` };
}

/** Hexadecimal SHA-256 of all weights. */
function digest(graph: InferenceGraph): string {
  const hash = createHash('sha256');
  for (const node of graph.nodes)
    for (const value of Object.values(node)) if (isWeight(value)) hash.update(value.data);
  return hash.digest('hex');
}

function isWeight(value: unknown): value is { data: Float32Array } {
  return typeof value === 'object' && value !== null && 'data' in value && value.data instanceof Float32Array;
}
