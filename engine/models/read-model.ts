import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import { lower, type InferenceGraph } from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { invalid, readJson, readModelInfo } from './read-model-info.ts';
import type { TrainedModel } from './trained-model.ts';

/** How weights were made smaller, as TF.js's converter does it. */
const Quantization = z.object({
  dtype: z.enum(['uint16', 'uint8', 'float16']),
  scale: z.number().exactOptional(),
  min: z.number().exactOptional(),
});

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
          quantization: Quantization.exactOptional(),
        }),
      ),
    }),
  ),
});

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
