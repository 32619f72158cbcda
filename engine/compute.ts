import type { RuntimeInfo } from '../contract/index.ts';
import { serveTasks, startRuntime, type Thread } from './tensorflow/index.ts';

/** Entry of the compute thread: all that runs beside TensorFlow. Other threads import types from here, nothing else. */
const tasks = {
  async describeRuntime(_: null): Promise<RuntimeInfo> {
    return startRuntime();
  },
};

export type Compute = Thread<typeof tasks>;

serveTasks(tasks);
