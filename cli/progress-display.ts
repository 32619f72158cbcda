import cliProgress from 'cli-progress';
import { facts, progressLine, type Advance } from './progress-line.ts';

const millisecondsBetweenLines = 10_000;
const usualColumns = 80;

/** Where progress is written; only a terminal knows its columns. */
type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Progress on stderr: a bar on a terminal, elsewhere a line now and then. */
export class ProgressDisplay {
  readonly #stream: Stream;
  #bar: cliProgress.SingleBar | null = null;
  #shown: Advance | null = null;
  #said = '';
  #saidAt = 0;

  constructor(stream: Stream = process.stderr) {
    this.#stream = stream;
  }

  show(advance: Advance): void {
    if (this.#stream.isTTY) this.#draw(advance);
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
    const { done, total } = advance;
    if (this.#bar) {
      this.#bar.setTotal(total ?? 0);
      this.#bar.update(done, { advance });
      return;
    }
    this.#bar = new cliProgress.SingleBar({
      stream: this.#stream,
      format: (_options, _params, payload: { advance: Advance }) =>
        progressLine(payload.advance, this.#stream.columns || usualColumns),
      clearOnComplete: true,
      hideCursor: true,
      gracefulExit: false,
    });
    this.#bar.start(total ?? 0, done, { advance });
  }

  #say(advance: Advance): void {
    const { name, done, total, unit } = advance;
    const isNew = this.#shown?.name !== name;
    if (isNew && this.#shown?.total === null) this.#write(this.#shown);
    if (total === 0) return;
    const isLast = total !== null && done >= total && (isNew || (this.#shown?.done ?? 0) < total);
    const isDue = performance.now() - this.#saidAt >= millisecondsBetweenLines;
    if (isDue && !isNew) this.#write(advance);
    // A line at the end of each epoch tells what its steps do.
    else if (unit === 'steps' || total === null) return;
    // From one photo nobody can tell how long the others will take.
    else if (isNew) this.#write({ ...advance, rate: null, secondsLeft: null });
    else if (isLast) this.#write(advance);
  }

  #write(advance: Advance): void {
    const line = `${advance.name}: ${facts(advance).join(' · ')}`;
    if (line === this.#said) return;
    this.#said = line;
    this.#saidAt = performance.now();
    this.#stream.write(`${line}\n`);
  }
}
