import { Stopwatch } from '../../engine/training/stopwatch.ts';
import { readThreads, since, type ThreadTimes } from './thread-times.ts';

/** What a stage took, summed over its turns. */
interface StageTime {
  readonly seconds: number;
  readonly threads: ThreadTimes;
}

/** Watches the stages that training times with its `Stopwatch`, and those that it is told of, in processor time by thread too. */
export class StageWatch {
  readonly stages = new Map<string, StageTime>();

  constructor() {
    const start = Stopwatch.prototype.start;
    const watch = (stage: string) => this.start(stage);
    setInterval(readThreads, 200).unref();
    Stopwatch.prototype.start = function (this: Stopwatch, stage) {
      const [own, timer] = [watch(stage), start.call(this, stage)];
      return {
        [Symbol.dispose]() {
          timer[Symbol.dispose]();
          own[Symbol.dispose]();
        },
      };
    };
  }

  /** Watches a stage until what it gives is disposed. */
  start(stage: string): Disposable {
    const [began, before] = [performance.now(), readThreads()];
    return {
      [Symbol.dispose]: () => {
        const old = this.stages.get(stage) ?? { seconds: 0, threads: [] };
        const threads = since(before).map((seconds, at) => seconds + (old.threads[at] ?? 0));
        this.stages.set(stage, { seconds: old.seconds + (performance.now() - began) / 1e3, threads });
      },
    };
  }

  /** The stages so far; it starts anew. */
  take(): Map<string, StageTime> {
    const taken = new Map(this.stages);
    this.stages.clear();
    return taken;
  }
}
