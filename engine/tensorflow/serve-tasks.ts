import { setImmediate } from 'node:timers/promises';
import { parentPort, type MessagePort } from 'node:worker_threads';
import {
  buffersOf,
  packFailure,
  type Answer,
  type Request,
  type Task,
  type Tasks,
} from './thread-messages.ts';

/** Runs `tasks` for the thread that started this one. */
export function serveTasks(tasks: Tasks): void {
  parentPort?.on('message', ({ name, input, port }: Request) => {
    // Thread's types let through only names of tasks, with their inputs.
    void serve(tasks[name] as Task, input as never, port);
  });
}

async function serve(task: Task, input: never, port: MessagePort): Promise<void> {
  const controller = new AbortController();
  port.on('message', () => controller.abort());
  const answer = (message: Answer, values?: unknown) => port.postMessage(message, buffersOf(values));
  try {
    const running = task(input, controller.signal);
    if (running instanceof Promise) {
      const value = await running;
      return answer({ kind: 'result', value }, value);
    }
    for (;;) {
      const { done, value } = await running.next();
      if (done) return answer({ kind: 'result', value }, value);
      answer({ kind: 'event', value }, value);
      await setImmediate();
      if (controller.signal.aborted) await running.return(undefined);
      controller.signal.throwIfAborted();
    }
  } catch (error) {
    answer({ kind: 'failure', failure: packFailure(error) });
  }
}
