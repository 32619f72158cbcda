import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { writeResults } from '../results.ts';
import { findKeras, withoutKeras } from './find-keras.ts';
import { gigabytes } from './peak-memory.ts';
import { medianOf, timesOurs, type Spent } from './spent.ts';
import type { Taken } from './take-turns.ts';

/** What every case can be told. */
export const caseOptions = {
  rounds: { type: 'string' },
  python: { type: 'string', default: 'python3' },
  write: { type: 'boolean', default: false },
} as const;

/** A case that takes no other options. */
export function caseArguments(rounds: number) {
  const { values, positionals } = parseArgs({ options: caseOptions, allowPositionals: true });
  return { ...values, rounds: Number(values.rounds ?? rounds), chosen: positionals };
}

/** A table of RESULTS.md; columns of figures are right-aligned. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const isFigures = (column: number) => rows.every((cells) => /^(\d|–|$)/.test(cells[column] ?? ''));
  return [line(columns), line(columns.map((_, i) => (isFigures(i) ? '--:' : '---'))), ...rows.map(line)].join(
    '\n',
  );
}

/** The columns that `runnerRows` fills. */
export const runnerColumns = ['runner', 'photos/s', 'Scenelab is ×', 'by processor time', 'peak memory'];

/** A row per runner, whose turns were of `photos` photos each; the first runner is ours. */
export function runnerRows(runners: readonly Taken[], photos: number): string[][] {
  const ours = runners[0]?.turns ?? [];
  return runners.map(({ name, turns, peak }) => {
    const times = (of: keyof Spent) => (turns === ours ? '' : timesOurs(turns, ours, of).toFixed(2));
    const speed = photos / medianOf(turns, 'seconds');
    return [name, speed.toPrecision(3), times('seconds'), times('processor'), gigabytes(peak)];
  });
}

/** A section of RESULTS.md in the making: it knows on what machine and with what it was measured, and what was skipped. */
export class Report {
  readonly #heading: string;
  readonly #python: string;
  readonly #keras: string | null;
  readonly #skipped: string[] = [];
  readonly #load = loadavg()[0] ?? Number.NaN;

  constructor(heading: string, python: string) {
    this.#heading = heading;
    this.#python = python;
    this.#keras = findKeras(python);
  }

  /** Whether `rows` can be measured; where they can't, the section says so. */
  hasKeras(rows: string): boolean {
    if (this.#keras === null) this.skip(withoutKeras(this.#python, rows));
    return this.#keras !== null;
  }

  skip(what: string): void {
    this.#skipped.push(what);
  }

  /** Prints the section; puts it into RESULTS.md when `write`. */
  finish(text: string, { write }: { write: boolean }): void {
    const skipped = this.#skipped.map((what) => `Not measured: ${what}`);
    const whole = [text, ...skipped, this.#machine()].join('\n\n');
    console.log(whole);
    if (write) writeResults(this.#heading, whole);
  }

  #machine(): string {
    const packages = ['onnxruntime-node', '@tensorflow/tfjs', 'sharp'].map(
      (name) => `${name} ${versionOf(name)}`,
    );
    const memory = `${(totalmem() / 1e9).toFixed(0)} GB`;
    const [load = Number.NaN] = loadavg();
    const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${memory}`;
    const with_ = [`Node ${process.version}`, ...packages, ...(this.#keras ? [this.#keras] : [])].join(', ');
    const today = new Date().toISOString().slice(0, 10);
    return `${today}: ${cores}; load ${this.#load.toFixed(1)} before, ${load.toFixed(1)} after; ${with_}.`;
  }
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  try {
    const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
    return version;
  } catch {
    return 'missing';
  }
}
