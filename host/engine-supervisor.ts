import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine, type EngineProcess } from '../engine/spawn.ts';

const pauses = [0, 200, 1000, 5000];
/** An engine that lived this long had not failed to start. */
const healthyMilliseconds = 10_000;

/** Keeps one engine process running: when it dies, starts another, at once at first and then after longer pauses. */
export class EngineSupervisor {
  /** The engine that runs now. Its connections end with it; ask again for the next one. */
  engine: EngineProcess;
  #stopped = false;
  readonly #start: () => EngineProcess;

  constructor(start: () => EngineProcess = startEngine) {
    this.#start = start;
    this.engine = start();
    void this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.engine.stop();
  }

  async #watch(): Promise<void> {
    let failures = 0;
    for (;;) {
      const started = performance.now();
      await this.engine.exited;
      if (this.#stopped) return;
      failures = performance.now() - started > healthyMilliseconds ? 0 : failures + 1;
      await sleep(pauses[Math.min(failures, pauses.length - 1)]);
      if (this.#stopped) return;
      this.engine = this.#start();
    }
  }
}
