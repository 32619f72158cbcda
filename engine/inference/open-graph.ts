import type { InferenceGraph } from '../graph/inference-graph.ts';
import { inputOf } from '../graph/subgraph.ts';
import { currentRuntime } from '../tensorflow/runtime.ts';
import { openEagerGraph } from './eager-graph.ts';
import { inSlices } from './in-slices.ts';
import { openNativeGraph } from './native-graph.ts';
import { openOnnxLanes } from './onnx-lanes.ts';
import type { GraphOptions, RunnableGraph } from './runnable-graph.ts';

/**
 * Makes a graph ready to run as fast as the machine can: in native TensorFlow on a GPU, else in ONNX Runtime (on two cores
 * it does 1.3 times the photos of the same frozen graph in TensorFlow, see bench/RESULTS.md), else in native TensorFlow on
 * the CPU, else operation by operation. All give the same values within float32's rounding.
 */
export async function openGraph(graph: InferenceGraph, options: GraphOptions = {}): Promise<RunnableGraph> {
  return checked(graph, await fastest(graph, options), options);
}

async function fastest(graph: InferenceGraph, options: GraphOptions): Promise<RunnableGraph> {
  const { kind, gpu } = currentRuntime();
  if (gpu) return openNativeGraph(graph, options);
  const onnx = await openOnnxLanes(graph, options);
  if (onnx) return onnx;
  const own = kind === 'native' ? await openNativeGraph(graph, options) : openEagerGraph(graph, options);
  return inSlices(graph, [own]);
}

function checked(graph: InferenceGraph, runner: RunnableGraph, { pixelScale }: GraphOptions): RunnableGraph {
  const values = inputOf(graph).shape.reduce((product, size) => product * size, 1);
  const kind = pixelScale ? Uint8Array : Float32Array;
  return {
    async run(input, n) {
      if (input instanceof kind && input.length === n * values) return runner.run(input, n);
      throw new Error(
        `Got ${input.constructor.name}(${input.length}), expected ${kind.name}(${n} * ${values}).`,
      );
    },
    dispose: () => runner.dispose(),
  };
}
