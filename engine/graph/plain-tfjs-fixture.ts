import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { startRuntime, tf } from '../tensorflow/runtime.ts';

const ModelFile = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.tuple([
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({ name: z.string(), shape: z.array(z.number()), dtype: z.enum(['float32', 'int32']) }),
      ),
    }),
  ]),
});

/** A model in a folder as any page would load it over HTTP. */
export async function savedIn(folder: string): Promise<tf.io.IOHandler> {
  const json: unknown = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  const { modelTopology, weightsManifest } = ModelFile.parse(json);
  const [{ paths, weights: weightSpecs }] = weightsManifest;
  const shards = await Promise.all(paths.map((path) => readFile(join(folder, path))));
  const weightData = new Uint8Array(Buffer.concat(shards)).buffer;
  return { load: async () => ({ modelTopology, weightSpecs, weightData }) };
}

/** Runs something on TensorFlow.js's own JavaScript backend, with nothing native. */
export async function inPlainJavaScript<T>(run: () => Promise<T>): Promise<T> {
  await tf.setBackend('cpu');
  try {
    return await run();
  } finally {
    await startRuntime();
  }
}
