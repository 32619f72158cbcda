import { openOnnxModel } from './onnx-graph.ts';
import type { OpenGraph } from './open-graph.ts';
import { serveTasks } from './serve-tasks.ts';
import type { Thread } from './thread.ts';

/** Entry of a thread that runs one ONNX model, because ONNX Runtime blocks the thread that it is called from. */
let model: OpenGraph | undefined;

const tasks = {
  async open({
    bytes,
    shape,
    threads,
  }: {
    bytes: Uint8Array;
    shape: readonly number[];
    threads: number;
  }): Promise<void> {
    model = await openOnnxModel(bytes, shape, threads);
  },
  async run({ input, n }: { input: Uint8Array | Float32Array; n: number }): Promise<Float32Array[]> {
    const answers = (await model?.run(input, n)) ?? [];
    // They move to the other thread: ONNX Runtime's own memory must not.
    return answers.map((values) => values.slice());
  },
};

export type Lane = Thread<typeof tasks>;

serveTasks(tasks);
