import { availableParallelism } from 'node:os';
import { createORPCClient, ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { ErrorData, ScenelabError, type contract } from '../../contract/index.ts';
import { EngineLine, type EngineConnection } from './connection.ts';
import { engineEntry, forkEngine, type StartChild } from './fork-engine.ts';
import { lastWords } from './last-words.ts';
import { saysOutOfMemory } from '../says-out-of-memory.ts';

export type { EngineConnection } from './connection.ts';
export { forkEngine, type StartChild } from './fork-engine.ts';

/** The engine as its contract describes it. Calls reject with a ScenelabError, whatever went wrong. */
export type EngineClient = ContractRouterClient<typeof contract>;

/** A running engine process. When it ends, every connection gets "close" and calls in flight reject. */
export interface EngineProcess {
  /** A client on a connection of its own. */
  readonly client: EngineClient;
  connect(): EngineConnection;
  /** Fulfilled once the process is gone, with how it ended; null when it was told to. */
  readonly exited: Promise<ScenelabError | null>;
  /** Breaks off what runs, lets it finish what it stores, ends it. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Added to this process's environment. */
  env?: Readonly<Record<string, string>>;
  /** Lets what the engine writes to stderr through. */
  debug?: boolean;
  /** How the process is started: `fork`, but in Electron its utilityProcess. */
  start?: StartChild;
}

const patience = 5000;
/** Photos are decoded on libuv's threads, of which there are four unless a process is started with more. */
const decodingThreads = String(Math.max(4, availableParallelism() + 2));

/** Starts the engine in a process of its own. */
export function startEngine({
  env = {},
  debug = false,
  start = forkEngine,
}: EngineOptions = {}): EngineProcess {
  const child = start(engineEntry, {
    ...process.env,
    TF_CPP_MIN_LOG_LEVEL: '3',
    UV_THREADPOOL_SIZE: decodingThreads,
    ...env,
  });
  const words = lastWords(child.outputs, debug);
  const lines = new Map<number, EngineLine>();
  let last = 0;
  let stopping = false;
  let end: ScenelabError | null = null;
  const exited = child.exited.then(async (how) => {
    if (!stopping) end = stoppedError(how, await words);
    for (const line of lines.values()) line.end();
    return end;
  });
  child.onMessage(([number, message]) => {
    if (message !== null) lines.get(number)?.receive(message);
  });

  const connect = () => {
    const number = ++last;
    const line = new EngineLine(
      (message) => child.send([number, message]),
      () => lines.delete(number),
    );
    lines.set(number, line);
    return line;
  };
  const stop = async () => {
    stopping = true;
    child.send([0, null]);
    const late = setTimeout(() => child.kill(), patience);
    await exited;
    clearTimeout(late);
  };
  const link = explained(new RPCLink({ port: connect() }), () => end);
  return { client: createORPCClient(link), connect, exited, stop };
}

/** The same link, whose calls and streams fail with a ScenelabError: how the engine ended, if it has. */
function explained(
  link: ClientLink<ClientContext>,
  ended: () => ScenelabError | null,
): ClientLink<ClientContext> {
  const explain = (error: unknown) => ended() ?? asScenelabError(error);
  async function* stream(events: AsyncGenerator<unknown, unknown, void>) {
    try {
      return yield* events;
    } catch (error) {
      throw explain(error);
    }
  }
  return {
    async call(path, input, options) {
      const end = ended();
      if (end) throw end;
      try {
        const output = await link.call(path, input, options);
        // The iterators of oRPC have all of a generator that `yield*` uses.
        const isStream = typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
        return isStream ? stream(output as AsyncGenerator<unknown, unknown, void>) : output;
      } catch (error) {
        throw explain(error);
      }
    },
  };
}

function asScenelabError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  const known = ErrorData.safeParse(error.data);
  if (known.success) {
    const { code, met, expected, fix } = known.data;
    return new ScenelabError(code, met, expected, fix, error);
  }
  if (error.code === 'BAD_REQUEST')
    return new ScenelabError('USAGE', error.message, '', 'Check what was asked for', error);
  return new ScenelabError(
    'INTERNAL',
    error.message,
    '',
    'This is a mistake in Scenelab; please report it',
    error,
  );
}

/** The kernel ends by SIGKILL what takes too much memory, V8 itself by SIGTRAP; `words` are the last of the process. */
function stoppedError(how: string, words: readonly string[]): ScenelabError {
  if (how === 'SIGKILL' || how === 'SIGTRAP' || words.some(saysOutOfMemory))
    return new ScenelabError(
      'OUT_OF_MEMORY',
      `The engine was ended, most likely because memory ran out (${how})`,
      '',
      'Close other programs or choose a smaller batch size, then do the same again: it goes on where it was',
      words.join('\n'),
    );
  return new ScenelabError(
    'ENGINE_STOPPED',
    `The engine stopped (${[how, ...words].join(': ')})`,
    '',
    'Do the same again: it goes on where it was',
  );
}
