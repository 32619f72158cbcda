import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { tf } from '../tensorflow/index.ts';
import { invalid, readJson } from './read-model-info.ts';

/** How weights were made smaller, as TF.js's converter does it. */
const Quantization = z.object({
  dtype: z.enum(['uint16', 'uint8', 'float16']),
  scale: z.number().exactOptional(),
  min: z.number().exactOptional(),
});

const ModelJson = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  /** Of a graph model: its inputs and outputs. */
  signature: z.record(z.string(), z.unknown()).exactOptional(),
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
 * The files of a TF.js model (layers or graph), `model.json` and the weights beside it, for TF.js to load on any backend.
 * @throws ScenelabError MODEL_INVALID when they are missing or damaged.
 */
export async function tfjsFiles(folder: string): Promise<tf.io.IOHandler> {
  const json = await readJson(folder, 'model.json', ModelJson);
  if (!json) throw invalid(folder, 'has no model.json');
  const { weightsManifest, ...network } = json;
  const shards = weightsManifest.flatMap(({ paths }) => paths).map((path) => readFile(join(folder, path)));
  const weightData = new Uint8Array(Buffer.concat(await Promise.all(shards))).buffer;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return tf.io.fromMemory({ ...network, weightSpecs, weightData });
}
