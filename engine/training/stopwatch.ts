/** Adds up the seconds that each stage takes. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();

  /** Times a stage until what it gives is disposed: `using _ = clock.start('embed')`. */
  start(stage: string): Disposable {
    const began = performance.now();
    return {
      [Symbol.dispose]: () => {
        const seconds = (performance.now() - began) / 1000;
        this.#seconds.set(stage, (this.#seconds.get(stage) ?? 0) + seconds);
      },
    };
  }

  /** Seconds by stage. */
  timings(): Record<string, number> {
    return Object.fromEntries(this.#seconds);
  }
}
