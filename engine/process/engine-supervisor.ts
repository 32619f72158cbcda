import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine, type EngineClient, type EngineProcess } from './spawn.ts';

const pauses = [0, 200, 1000, 5000];
/** An engine that lived this long had not failed to start. */
const healthyMilliseconds = 10_000;

/** Keeps one engine process running: when it dies, starts another, at once at first and then after longer pauses. */
export class EngineSupervisor {
  readonly #start: () => EngineProcess;
  #engine: PromiseWithResolvers<EngineProcess> = Promise.withResolvers();
  #newest: EngineProcess | null = null;
  #stopping = false;

  constructor(start: () => EngineProcess = startEngine) {
    this.#start = start;
    void this.#keepRunning();
  }

  /** The engine that runs, or the next one while none does. Its connections end with it. */
  running(): Promise<EngineProcess> {
    return this.#engine.promise;
  }

  /** Asks the engine something that may be asked twice; when it dies over it, asks the next one. */
  async ask<T>(question: (client: EngineClient) => Promise<T>): Promise<T> {
    const engine = await this.running();
    try {
      return await question(engine.client);
    } catch (error) {
      const next = await this.running();
      if (next === engine || this.#stopping) throw error;
      return question(next.client);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#newest?.stop();
  }

  async #keepRunning(): Promise<void> {
    for (let failures = 0; !this.#stopping;) {
      const started = performance.now();
      const engine = this.#start();
      this.#newest = engine;
      this.#engine.resolve(engine);
      await engine.exited;
      if (this.#stopping) return;
      this.#engine = Promise.withResolvers();
      failures = performance.now() - started > healthyMilliseconds ? 0 : failures + 1;
      await sleep(pauses[Math.min(failures, pauses.length - 1)]);
    }
  }
}
