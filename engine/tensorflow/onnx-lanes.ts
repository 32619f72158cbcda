import { availableParallelism } from 'node:os';
import type { InferenceGraph } from '../graph/inference-graph.ts';
import { toOnnx } from '../graph/onnx.ts';
import { inputOf } from '../graph/subgraph.ts';
import { inSlices } from './in-slices.ts';
import { hasOnnxRuntime, openOnnxModel } from './onnx-graph.ts';
import type { Lane } from './onnx-lane.ts';
import type { OpenGraph, OpenGraphOptions } from './open-graph.ts';
import { startThread } from './thread.ts';

/** Each holds the weights once more. */
const mostLanes = 4;

/**
 * A graph run by ONNX Runtime, or undefined where that isn't installed. Several photos are shared out among lanes: threads
 * with a session and cores of their own. Against one session whose threads share each operation, and wait for each other
 * after every one, that is a fifth more photos a second on two idle cores (`bench/embed.ts`), and far more where photos are
 * decoded beside it. A single photo has one session with all cores, which is what it takes least time in. Either is
 * opened when it is first needed.
 */
export async function openOnnxLanes(
  graph: InferenceGraph,
  { pixelScale }: OpenGraphOptions,
): Promise<OpenGraph | undefined> {
  if (!(await hasOnnxRuntime())) return undefined;
  const { shape } = inputOf(graph);
  const cores = availableParallelism();
  const count = Math.min(cores, mostLanes);
  const lanes = once(async () => {
    const model = { bytes: toOnnx(graph, { pixelScale }), shape, threads: Math.floor(cores / count) };
    return inSlices(graph, await Promise.all(Array.from({ length: count }, () => openLane(model))));
  });
  const single = once(() => openOnnxModel(toOnnx(graph, { pixelScale }), shape));
  return {
    async run(input, n) {
      const runner = await (n === 1 ? single : lanes).opened();
      return runner?.run(input, n) ?? [];
    },
    dispose() {
      lanes.dispose();
      single.dispose();
    },
  };
}

/** A runner in a thread of its own. */
async function openLane(model: {
  bytes: Uint8Array;
  shape: readonly number[];
  threads: number;
}): Promise<OpenGraph> {
  const thread: Lane = startThread(new URL('./onnx-lane.ts', import.meta.url));
  try {
    await thread.call('open', model);
  } catch (error) {
    await thread.close();
    throw error;
  }
  return {
    run(input, n) {
      const own = input.slice();
      return thread.call('run', { input: own, n }, { transfer: [own.buffer] });
    },
    dispose: () => void thread.close(),
  };
}

/** What is opened when it is first asked for, and disposed of if it was; a failure to open it is tried again. */
function once(open: () => Promise<OpenGraph | undefined>) {
  let opening: Promise<OpenGraph | undefined> | undefined;
  return {
    opened() {
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    dispose() {
      void opening?.then((runner) => runner?.dispose()).catch(() => undefined);
    },
  };
}
