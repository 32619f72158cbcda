import cliProgress from 'cli-progress';
import { count, duration, size } from './words.ts';

/** How far something is, in the words and units that it is shown with. */
export interface Advance {
  readonly name: string;
  readonly done: number;
  readonly total: number | null;
  /** Per second. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
  readonly unit: 'photos' | 'bytes' | 'steps' | 'percent';
  /** Figures to show behind it. */
  readonly note?: string;
}

const millisecondsBetweenLines = 10_000;

/** Progress on stderr: a bar on a terminal, elsewhere a line now and then. */
export class ProgressDisplay {
  #bar: cliProgress.SingleBar | null = null;
  #shown: Advance | null = null;
  #saidAt = 0;

  show(advance: Advance): void {
    if (process.stderr.isTTY) this.#draw(advance);
    else this.#say(advance);
    this.#shown = advance;
  }

  /** Takes the bar away, so that other lines can be written; the next `show` brings it back. */
  clear(): void {
    this.#bar?.stop();
    this.#bar = null;
  }

  #draw(advance: Advance): void {
    if (this.#shown?.name !== advance.name) this.clear();
    const { name, done, total } = advance;
    const payload = { name, facts: facts(advance) };
    if (this.#bar) {
      this.#bar.setTotal(total ?? 0);
      this.#bar.update(done, payload);
      return;
    }
    this.#bar = new cliProgress.SingleBar({
      format: total === null ? '{name}: {facts}' : '{name} {bar} {facts}',
      barsize: 24,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      clearOnComplete: true,
      hideCursor: true,
      gracefulExit: false,
    });
    this.#bar.start(total ?? 0, done, payload);
  }

  #say(advance: Advance): void {
    const now = performance.now();
    const isNew = this.#shown?.name !== advance.name;
    const isLast = advance.total !== null && advance.done >= advance.total;
    if (!isNew && !isLast && now - this.#saidAt < millisecondsBetweenLines) return;
    this.#saidAt = now;
    process.stderr.write(`${advance.name}: ${facts(advance)}\n`);
  }
}

function facts({ done, total, rate, secondsLeft, unit, note }: Advance): string {
  const amount = (n: number) => (unit === 'bytes' ? size(n) : n.toLocaleString('en'));
  const speed = rate && (unit === 'bytes' ? size(rate) : rate.toFixed(rate < 10 ? 1 : 0));
  return [
    unit === 'percent'
      ? `${Math.round(done)} %`
      : total === null
        ? unit === 'photos'
          ? count(done, 'photo')
          : amount(done)
        : `${amount(done)} of ${amount(total)}`,
    speed ? `${speed}${unit === 'steps' ? ' photos' : ''}/s` : '',
    secondsLeft === null || done === total ? '' : `${duration(secondsLeft)} left`,
    note ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
