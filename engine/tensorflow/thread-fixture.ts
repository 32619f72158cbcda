/** Tasks of a real second thread for `thread.test.ts`. */
import { setTimeout } from 'node:timers/promises';
import { ScenelabError } from '../../contract/index.ts';
import { serveTasks } from './serve-tasks.ts';

let stops = 0;

const tasks = {
  async double(values: Float32Array): Promise<Float32Array> {
    return values.map((value) => 2 * value);
  },
  async *count(to: number): AsyncGenerator<number, string> {
    try {
      for (let n = 1; n <= to; n++) yield n;
      return 'counted';
    } finally {
      stops++;
    }
  },
  async wait(_: null, signal: AbortSignal): Promise<void> {
    try {
      await setTimeout(60_000, undefined, { signal });
    } finally {
      stops++;
    }
  },
  async stops(_: null): Promise<number> {
    return stops;
  },
  async fail(kind: 'expected' | 'bug'): Promise<never> {
    if (kind === 'bug') throw new TypeError('a bug');
    throw new ScenelabError('MODEL_INVALID', 'met', 'expected', 'fix');
  },
  async crash(_: null): Promise<never> {
    queueMicrotask(() => {
      throw new Error('boom');
    });
    return new Promise<never>(() => {});
  },
};
export type FixtureTasks = typeof tasks;

serveTasks(tasks);
