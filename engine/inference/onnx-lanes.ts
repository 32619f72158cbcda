import { availableParallelism } from 'node:os';
import type { InferenceGraph } from '../graph/inference-graph.ts';
import { toOnnx } from '../graph/onnx.ts';
import { inputOf } from '../graph/subgraph.ts';
import { startThread } from '../tensorflow/thread.ts';
import { inSlices } from './in-slices.ts';
import { laneCount } from './lane-count.ts';
import { hasOnnxRuntime, openOnnxModel } from './onnx-graph.ts';
import type { Lane, LaneModel } from './onnx-lane.ts';
import type { GraphOptions, RunnableGraph } from './runnable-graph.ts';

let started: Lane[] = [];

/** The threads of all graphs, running since they were first needed: starting one takes as long as opening a network. */
function laneThreads(): readonly Lane[] {
  if (started.length === 0 || started.some(({ stopped }) => stopped))
    started = Array.from({ length: laneCount }, () =>
      startThread(new URL('./onnx-lane.ts', import.meta.url)),
    );
  return started;
}

/**
 * A graph run by ONNX Runtime, or undefined where that isn't installed. Several photos are shared out among lanes: threads
 * with a session and cores of their own. Against one session whose threads share each operation, and wait for each other
 * after every one, that is a fifth more photos a second on two idle cores (`bench/embed.ts`), and far more where photos are
 * decoded beside it. A single photo has one session with all cores, which is what it takes least time in. Either is
 * opened when it is first needed.
 */
export async function openOnnxLanes(
  graph: InferenceGraph,
  { pixelScale }: GraphOptions,
): Promise<RunnableGraph | undefined> {
  if (!(await hasOnnxRuntime())) return undefined;
  const { shape } = inputOf(graph);
  const lanes = once(async () => {
    const threads = Math.floor(availableParallelism() / laneCount);
    const model = { bytes: toOnnx(graph, { pixelScale }), shape, threads };
    return inSlices(graph, await Promise.all(laneThreads().map((lane) => openInLane(lane, model))));
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

async function openInLane(lane: Lane, file: LaneModel): Promise<RunnableGraph> {
  const model = await lane.call('open', file);
  return {
    run(input, n) {
      const own = input.slice();
      return lane.call('run', { model, input: own, n }, { transfer: [own.buffer] });
    },
    dispose: () => void lane.call('close', model).catch(() => undefined),
  };
}

/** What is opened when it is first asked for, and disposed of if it was; a failure to open it is tried again. */
function once(open: () => Promise<RunnableGraph | undefined>) {
  let opening: Promise<RunnableGraph | undefined> | undefined;
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
