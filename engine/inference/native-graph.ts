import { toGraphDef, type GraphDef } from '../graph/graphdef.ts';
import type { InferenceGraph } from '../graph/inference-graph.ts';
import { callableGraph } from '../graph/savedmodel.ts';
import { inputOf } from '../graph/subgraph.ts';
import { tf } from '../tensorflow/runtime.ts';
import { openNativeCalls, type NativeCalls } from './native-calls.ts';
import type { GraphOptions, RunnableGraph } from './runnable-graph.ts';

/** A graph frozen into a SavedModel and run by native TensorFlow as one call. It blocks the thread while it runs. */
export async function openNativeGraph(graph: InferenceGraph, options: GraphOptions): Promise<RunnableGraph> {
  const { pixelScale, cacheFolder } = options;
  const def = toGraphDef(graph, pixelScale ? { kind: 'bytes', pixelScale } : { kind: 'float' });
  const calls = await openNativeCalls(callableGraph(def), cacheFolder);
  const { shape } = inputOf(graph);
  return {
    async run(input, n) {
      return tf.tidy(() => predict(calls, def, toTensor(input, [n, ...shape])));
    },
    dispose: () => calls[Symbol.dispose](),
  };
}

/** Pixels go in as one string of bytes per photo: tfjs has no uint8, and this way a fourth of int32 is copied. */
function toTensor(input: Uint8Array | Float32Array, shape: number[]): tf.Tensor {
  if (input instanceof Float32Array) return tf.tensor(input, shape);
  const n = shape[0] ?? 0;
  const size = input.length / n;
  const photos = Array.from({ length: n }, (_, i) => input.subarray(i * size, (i + 1) * size));
  return tf.tensor1d(photos, 'string');
}

type Calls = NativeCalls<'serving_default'>;

function predict(calls: Calls, { input, outputs }: GraphDef, x: tf.Tensor): Float32Array[] {
  const answer = calls.call('serving_default', { [input.key]: x });
  return outputs.map(({ key }) => {
    const tensor = answer[key];
    if (!tensor) throw new Error(`TensorFlow gave no output "${key}".`);
    return tensor.dataSync<'float32'>();
  });
}
