import { serveTasks } from '../tensorflow/serve-tasks.ts';
import type { Thread } from '../tensorflow/thread.ts';
import { openOnnxModel } from './onnx-graph.ts';
import type { RunnableGraph } from './runnable-graph.ts';

/** An ONNX model, the shape of a photo, and how many cores it may use. */
export interface LaneModel {
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
  readonly threads: number;
}

/** Entry of a thread that runs ONNX models, because ONNX Runtime blocks the thread that it is called from. */
const models = new Map<number, RunnableGraph>();
let opened = 0;

const tasks = {
  async open({ bytes, shape, threads }: LaneModel): Promise<number> {
    const model = await openOnnxModel(bytes, shape, threads);
    if (!model) throw new Error('ONNX Runtime is not installed.');
    models.set((opened += 1), model);
    return opened;
  },
  async run({
    model,
    input,
    n,
  }: {
    model: number;
    input: Uint8Array | Float32Array;
    n: number;
  }): Promise<Float32Array[]> {
    const answers = (await models.get(model)?.run(input, n)) ?? [];
    // They move to the other thread: ONNX Runtime's own memory must not.
    return answers.map((values) => values.slice());
  },
  async close(model: number): Promise<void> {
    models.get(model)?.dispose();
    models.delete(model);
  },
};

export type Lane = Thread<typeof tasks>;

serveTasks(tasks);
