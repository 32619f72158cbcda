import { createORPCClient, ORPCError, type ClientContext, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ScenelabError, type contract } from '../../../contract/index.ts';
import type { Connection, Shell } from '../shell/shell.ts';
import { words } from '../words/index.ts';

export type Client = ContractRouterClient<typeof contract>;

/** `connecting` only before the first connection; `lost` while a stopped engine is restarted; `gone` with who restarts it. */
export type EngineState = 'connecting' | 'ready' | 'lost' | 'gone';

const pausesBetweenTries = [100, 300, 1000, 3000];
const triesUntilGone = 3;

/**
 * The page's line to the engine. When the engine stops, calls in flight reject with ENGINE_STOPPED, calls made meanwhile
 * wait for the new one, and `generation` rises, so that whoever follows a stream takes it up again.
 */
export class Engine {
  state = $state.raw<EngineState>('connecting');
  /** Of the engine: 1 for the first, more after restarts. */
  generation = $state(0);
  readonly client: Client;
  #connection: Promise<Connection>;

  constructor(shell: Shell) {
    this.#connection = this.#connect(shell);
    const link: ClientLink<ClientContext> = {
      call: async (path, input, options) => {
        const connection = await this.#connection;
        try {
          const output = await connection.link.call(path, input, options);
          return isStream(output) ? this.#explained(output, connection, options.signal) : output;
        } catch (error) {
          throw await this.#explain(error, connection, options.signal);
        }
      },
    };
    this.client = createORPCClient(link);
  }

  /** Does a call that may be done twice; again when the engine stopped meanwhile. */
  async persist<T>(call: (client: Client) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call(this.client);
      } catch (error) {
        if (!(error instanceof ScenelabError && error.code === 'ENGINE_STOPPED')) throw error;
      }
    }
  }

  async #connect(shell: Shell): Promise<Connection> {
    for (let tries = 0; ; tries++) {
      try {
        const connection = await shell.connect();
        this.state = 'ready';
        this.generation++;
        void connection.closed.then(() => {
          this.state = 'lost';
          this.#connection = this.#connect(shell);
        });
        return connection;
      } catch {
        // Who lives keeps the page waiting while an engine starts.
        if (tries >= triesUntilGone) this.state = 'gone';
        const pause = pausesBetweenTries[Math.min(tries, pausesBetweenTries.length - 1)];
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  /** The same stream; one that ends with its connection fails as a call does. */
  async *#explained(
    events: AsyncGenerator<unknown, unknown, void>,
    connection: Connection,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<unknown, unknown, void> {
    try {
      return yield* events;
    } catch (error) {
      throw await this.#explain(error, connection, signal);
    }
  }

  /** A failure without a code is the connection's when that has just ended. */
  async #explain(error: unknown, connection: Connection, signal: AbortSignal | undefined): Promise<unknown> {
    if (error instanceof ORPCError || signal?.aborted) return error;
    // Calls may hear of the end a moment before `closed` does.
    const moment = new Promise<false>((resolve) => setTimeout(resolve, 0, false));
    const gone = await Promise.race([connection.closed.then(() => true), moment]);
    const { stopped, stoppedFix } = words.failure;
    return gone ? new ScenelabError('ENGINE_STOPPED', stopped, '', stoppedFix, error) : error;
  }
}

/** The iterators of oRPC have all of a generator that `yield*` uses. */
const isStream = (output: unknown): output is AsyncGenerator<unknown, unknown, void> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
