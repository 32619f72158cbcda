import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { toGraphDef, type GraphDef } from '../graph/graphdef.ts';
import type { InferenceGraph } from '../graph/inference-graph.ts';
import { writeGraphDef } from '../graph/savedmodel.ts';
import { inputOf } from '../graph/subgraph.ts';
import type { OpenGraph, OpenGraphOptions } from './open-graph.ts';
import { currentRuntime, loadSavedModel, tf, type SavedModel } from './runtime.ts';

/**
 * A graph frozen into a SavedModel and run by native TensorFlow as one call, or as several when there are many photos. It
 * blocks the thread while it runs.
 */
export async function openNativeGraph(graph: InferenceGraph, options: OpenGraphOptions): Promise<OpenGraph> {
  const { pixelScale, cacheFolder = tmpdir() } = options;
  const def = toGraphDef(graph, pixelScale ? { kind: 'bytes', pixelScale } : { kind: 'float' });
  const model = await load(def, cacheFolder);
  const shape = inputOf(graph).shape;
  const size = product(shape);
  const most = currentRuntime().gpu ? Infinity : photosThatFitTheCache(graph);
  return {
    async run(input, n) {
      const answers: Float32Array[][] = [];
      for (let from = 0; from < n; from += most) {
        const photos = Math.min(most, n - from);
        const slice = input.subarray(from * size, (from + photos) * size);
        answers.push(tf.tidy(() => predict(model, def, toTensor(slice, [photos, ...shape]))));
      }
      return graph.outputs.map((_, i) => joined(answers.map((values) => values[i] ?? new Float32Array())));
    },
    dispose: () => model.dispose(),
  };
}

/** What the largest activation may take. */
const bytesPerCore = 10 * 2 ** 20;

/**
 * Activations that stay in the processor's cache make it a tenth faster than those of a large batch, and take less
 * memory: EfficientNet-Lite did best with three or four photos at a time on two cores.
 */
function photosThatFitTheCache(graph: InferenceGraph): number {
  const largest = Math.max(...graph.nodes.map(({ shape }) => 4 * product(shape)));
  return Math.max(1, Math.floor((bytesPerCore * availableParallelism()) / largest));
}

function joined(parts: Float32Array[]): Float32Array {
  const [first, ...more] = parts;
  if (first && more.length === 0) return first;
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

/** TensorFlow reads a SavedModel from disk only; once loaded, the files are not needed any more. */
async function load(def: GraphDef, cacheFolder: string): Promise<SavedModel> {
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, 'graph-'));
  try {
    await writeGraphDef(def, folder);
    return await loadSavedModel(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pixels go in as one string of bytes per photo: tfjs has no uint8, and this way a fourth of int32 is copied. */
function toTensor(input: Uint8Array | Float32Array, shape: number[]): tf.Tensor {
  if (input instanceof Float32Array) return tf.tensor(input, shape);
  const [n = 0, ...photo] = shape;
  const size = product(photo);
  return tf.tensor1d(
    Array.from({ length: n }, (_, i) => input.subarray(i * size, (i + 1) * size)),
    'string',
  );
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

function predict(model: SavedModel, { input, outputs }: GraphDef, x: tf.Tensor): Float32Array[] {
  const answer = model.predict({ [input.key]: x });
  return outputs.map(({ key }) => {
    const tensor = answer[key];
    if (!tensor) throw new Error(`TensorFlow gave no output "${key}".`);
    return tensor.dataSync<'float32'>();
  });
}
