import { on } from 'node:events';
import { MessageChannel, SHARE_ENV, Worker } from 'node:worker_threads';
import { ScenelabError } from '../../contract/index.ts';
import { unpackFailure, type Answer, type Request, type Task, type Tasks } from './thread-messages.ts';

type Input<T extends Task> = Parameters<T>[0];
type Result<T extends Task> =
  ReturnType<T> extends AsyncGenerator<unknown, infer R, void> ? R : Awaited<ReturnType<T>>;
type Event<T extends Task> = ReturnType<T> extends AsyncGenerator<infer E, unknown, void> ? E : never;

export interface CallOptions {
  /** Cancels the task; the call then rejects with the signal's reason, once the task has stopped. */
  signal?: AbortSignal | undefined;
  /** Buffers of the input that move to the thread instead of being copied. */
  transfer?: ArrayBuffer[];
}

/** A running thread and its tasks. A ScenelabError thrown by a task arrives as one. */
export interface Thread<T extends Tasks> {
  /** @throws ScenelabError ENGINE_STOPPED, or OUT_OF_MEMORY, when the thread dies meanwhile. */
  call<K extends keyof T & string>(name: K, input: Input<T[K]>, options?: CallOptions): Promise<Result<T[K]>>;
  /** Yields what the task yields. Leaving the loop cancels the task and waits until it has stopped. */
  stream<K extends keyof T & string>(
    name: K,
    input: Input<T[K]>,
    options?: CallOptions,
  ): AsyncGenerator<Event<T[K]>, Result<T[K]>, void>;
  readonly stopped: boolean;
  close(): Promise<void>;
}

/** Starts the thread whose entry file calls `serveTasks`. It keeps the process alive only while a task runs. */
export function startThread<T extends Tasks>(entry: URL): Thread<T> {
  // The environment is shared, so that a variable set over there reaches the native libraries loaded there. Flags are
  // not inherited: those that say how the program came in (--eval, --input-type) would stop the thread.
  const worker = new Worker(entry, { env: SHARE_ENV, execArgv: [] });
  worker.unref();
  let cause: Error | undefined;
  let stopped: ScenelabError | undefined;
  worker.on('error', (error: Error) => (cause = error));
  const ended = new Promise<ScenelabError>((resolve) =>
    worker.on('exit', () => resolve((stopped = stoppedError(cause)))),
  );

  async function* run(name: string, input: unknown, options: CallOptions = {}) {
    if (stopped) throw stopped;
    return yield* request(worker, ended, { name, input }, options);
  }

  return {
    // The task of this name ran over there, so that these are its types.
    stream: run as Thread<T>['stream'],
    call: (async (name: string, input: unknown, options?: CallOptions) => {
      const answers = run(name, input, options);
      for (;;) {
        const { done, value } = await answers.next();
        if (done) return value;
      }
    }) as Thread<T>['call'],
    get stopped() {
      return stopped !== undefined;
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** One call. It has a port of its own, which keeps calls apart and closes by itself when the thread dies. */
async function* request(
  worker: Worker,
  ended: Promise<ScenelabError>,
  task: { name: string; input: unknown },
  { signal, transfer = [] }: CallOptions,
): AsyncGenerator<unknown, unknown, void> {
  signal?.throwIfAborted();
  const { port1: port, port2 } = new MessageChannel();
  const answers = on(port, 'message', { close: ['close'] });
  const cancel = () => port.postMessage('cancel');
  signal?.addEventListener('abort', cancel);
  let running = true;
  const next = async (): Promise<Answer> => {
    const { value, done } = await answers.next();
    running = !done && value[0].kind === 'event';
    if (!done) return value[0];
    worker.ref();
    throw await ended;
  };
  try {
    worker.postMessage({ ...task, port: port2 } satisfies Request, [port2, ...transfer]);
    for (;;) {
      const answer = await next();
      if (answer.kind === 'event') yield answer.value;
      else if (answer.kind === 'result') return answer.value;
      else throw signal?.aborted ? signal.reason : unpackFailure(answer.failure);
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
    if (running) cancel();
    while (running) await next();
    port.close();
  }
}

function stoppedError(cause: (Error & { code?: string }) | undefined): ScenelabError {
  if (cause?.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new ScenelabError(
      'OUT_OF_MEMORY',
      'The compute thread ran out of memory',
      '',
      'Close other programs or choose a smaller batch size',
      cause,
    );
  const why = cause ? `: ${cause.message}` : '';
  return new ScenelabError('ENGINE_STOPPED', `The compute thread stopped${why}`, '', 'Try again', cause);
}
