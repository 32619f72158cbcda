import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import { lower, type InferenceGraph } from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { Metadata } from './metadata.ts';
import { Signature, teachableMachineScale } from './signature.ts';
import type { ModelInfo, TrainedModel } from './trained-model.ts';

/** Models of other programs say nothing about it: an answer that is rather wrong than right. */
const unsureBelowByDefault = 0.5;

const ModelJson = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number()),
          dtype: z.enum(['float32', 'int32', 'bool']),
        }),
      ),
    }),
  ),
});

/**
 * What the model in a folder says about itself: one of Scenelab's (signature.json), or a Teachable Machine export
 * (metadata.json). Needs no TensorFlow.
 * @throws ScenelabError NOT_FOUND without such a folder, MODEL_INVALID when it holds no model that can be read.
 */
export async function readModelInfo(folder: string): Promise<ModelInfo> {
  if (!existsSync(folder))
    throw new ScenelabError(
      'NOT_FOUND',
      `There is no folder ${folder}`,
      'the folder of a model',
      'Check the path',
    );
  const signature = await readJson(folder, 'signature.json', Signature);
  if (signature && signature.format !== 'tf_js_layers')
    throw invalid(
      folder,
      `holds a model for other programs (${signature.filename})`,
      'Use the TF.js export (--format tfjs) or the project itself',
    );
  if (signature) return infoOf(signature);
  const metadata = await readJson(folder, 'metadata.json', Metadata);
  if (!metadata) throw invalid(folder, 'has neither signature.json nor metadata.json');
  return {
    name: metadata.modelName ?? basename(folder),
    classNames: metadata.labels,
    framing: 'crop',
    pixelScale: teachableMachineScale,
    backbone: null,
    unsureBelow: unsureBelowByDefault,
    trainingPhotos: [],
  };
}

/**
 * The model in a folder with its network as an inference graph. TensorFlow must have been started.
 * @throws ScenelabError as `readModelInfo`, and MODEL_INVALID when the network is damaged, doesn't look at square colour
 * photos, answers with another number of classes, or has a layer that is not supported.
 */
export async function readModel(folder: string): Promise<TrainedModel> {
  const info = await readModelInfo(folder);
  const graph = await readNetwork(folder);
  const [height, width, channels] = graph.nodes[0]?.shape ?? [];
  if (height === undefined || height !== width || channels !== 3)
    throw invalid(
      folder,
      `looks at ${height} × ${width} pixels with ${channels} channels, not at square colour photos`,
    );
  const classes = graph.nodes.find((node) => node.name === graph.outputs[0])?.shape[0];
  if (classes !== info.classNames.length)
    throw invalid(folder, `answers with ${classes} numbers for ${info.classNames.length} labels`);
  return { ...info, graph, inputSize: height };
}

function infoOf(signature: Signature): ModelInfo {
  const { backbone, unsureBelow, trainingPhotos, preprocessing } = signature;
  const classNames = signature.classes.Label;
  return { name: signature.doc_name, classNames, backbone, unsureBelow, trainingPhotos, ...preprocessing };
}

async function readNetwork(folder: string): Promise<InferenceGraph> {
  const json = await readJson(folder, 'model.json', ModelJson);
  if (!json) throw invalid(folder, 'has no model.json');
  const { modelTopology, weightsManifest } = json;
  const shards = weightsManifest.flatMap(({ paths }) => paths).map((path) => readFile(join(folder, path)));
  try {
    const weightData = new Uint8Array(Buffer.concat(await Promise.all(shards))).buffer;
    const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
    const network = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
    try {
      return lower(network);
    } finally {
      // Disposing the model itself forgets the weights of models inside it.
      for (const weight of network.weights) weight.dispose();
    }
  } catch (error) {
    if (error instanceof ScenelabError) throw error;
    throw invalid(
      folder,
      `can't be loaded (${error instanceof Error ? error.message : String(error)})`,
      undefined,
      error,
    );
  }
}

/** The file, checked; null when it does not exist. */
async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T | null> {
  const file = join(folder, name);
  if (!existsSync(file)) return null;
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw invalid(folder, `has a damaged ${name}`, undefined, error);
  }
}

function invalid(
  folder: string,
  what: string,
  fix = 'Train or export it again',
  cause?: unknown,
): ScenelabError {
  return new ScenelabError('MODEL_INVALID', `The model in ${folder} ${what}`, '', fix, cause);
}
