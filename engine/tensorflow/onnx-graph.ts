import type { InferenceSession } from 'onnxruntime-node';
import { toOnnx } from '../graph/onnx.ts';
import { inputOf } from '../graph/subgraph.ts';
import type { InferenceGraph } from '../graph/inference-graph.ts';
import type { OpenGraph, OpenGraphOptions } from './open-graph.ts';

type OnnxRuntime = typeof import('onnxruntime-node');

/** A graph run by ONNX Runtime on all cores, or undefined where that isn't installed. */
export async function openOnnxGraph(
  graph: InferenceGraph,
  { pixelScale }: OpenGraphOptions,
): Promise<OpenGraph | undefined> {
  return openOnnxModel(toOnnx(graph, { pixelScale }), inputOf(graph).shape);
}

/**
 * The bytes of an ONNX file run by ONNX Runtime on all cores, or undefined where that isn't installed. `shape` is that of
 * one photo.
 */
export async function openOnnxModel(
  bytes: Uint8Array,
  shape: readonly number[],
): Promise<OpenGraph | undefined> {
  const onnx = await loadOnnxRuntime();
  if (!onnx) return undefined;
  // Its threads would burn a core waiting for each other, on which photos are decoded meanwhile: from photos to features that
  // takes a third more processor time, and was no faster even in the best moments of a busy machine. (From pixels alone it was a
  // quarter faster then, and half as fast otherwise.)
  const extra = { session: { intra_op: { allow_spinning: '0' } } };
  const session = await onnx.InferenceSession.create(bytes, { extra });
  const [inputName = ''] = session.inputNames;
  return {
    async run(input, n) {
      const kind = input instanceof Uint8Array ? 'uint8' : 'float32';
      const x = new onnx.Tensor(kind, input, [n, ...shape]);
      const answer = await session.run({ [inputName]: x });
      return session.outputNames.map((name) => values(answer, name));
    },
    dispose: () => void session.release(),
  };
}

async function loadOnnxRuntime(): Promise<OnnxRuntime | undefined> {
  try {
    return await import('onnxruntime-node');
  } catch {
    return undefined;
  }
}

function values(answer: InferenceSession.ReturnType, name: string): Float32Array {
  const data = answer[name]?.data;
  if (data instanceof Float32Array) return data;
  throw new Error(`ONNX Runtime gave no float32 output "${name}".`);
}
