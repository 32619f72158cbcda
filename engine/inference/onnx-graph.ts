import type { InferenceSession } from 'onnxruntime-node';
import type { RunnableGraph } from './runnable-graph.ts';

type OnnxRuntime = typeof import('onnxruntime-node');

/**
 * The bytes of an ONNX file run by ONNX Runtime, or undefined where that isn't installed. `shape` is that of one photo. It
 * blocks the thread while it runs, and uses `threads` cores, all by default.
 */
export async function openOnnxModel(
  bytes: Uint8Array,
  shape: readonly number[],
  threads?: number,
): Promise<RunnableGraph | undefined> {
  const onnx = await loadOnnxRuntime();
  if (!onnx) return undefined;
  const options = threads === undefined ? {} : { intraOpNumThreads: threads };
  const session = await onnx.InferenceSession.create(bytes, options);
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

/** Whether ONNX Runtime is installed and loads. */
export async function hasOnnxRuntime(): Promise<boolean> {
  return (await loadOnnxRuntime()) !== undefined;
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
