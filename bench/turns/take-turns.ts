import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { peakMemory } from './peak-memory.ts';
import type { Spent } from './spent.ts';

/** A runner in a process of its own, which waits between its turns. */
export interface Runner extends Disposable {
  readonly name: string;
  /** Takes a turn; `line` says which. Throws with what the process last said where it can't go on. */
  turn(line: string): Promise<Spent>;
  /** Most bytes that its process has held so far. */
  peak(): number;
}

/** The process `command`, in the manner of `serveTurns`. */
export function openRunner(name: string, [command = '', ...args]: readonly string[]): Runner {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...quiet } });
  let complaint = '';
  child.on('error', (error) => (complaint = error.message));
  child.stdin.on('error', () => undefined);
  child.stderr.on('data', (text: Buffer) => (complaint = errorIn(text.toString()) ?? complaint));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${name} ended: ${complaint}`);
    return `${value}`;
  };
  let ready: Promise<string> | undefined;
  return {
    name,
    async turn(line) {
      await (ready ??= next());
      child.stdin.write(`${line}\n`);
      const [seconds = Number.NaN, processor = Number.NaN] = (await next()).split(' ').map(Number);
      return { seconds, processor };
    },
    peak: () => peakMemory(child.pid),
    [Symbol.dispose]() {
      // At the end of its input a runner ends by itself and clears up behind it.
      child.stdin.end();
      setTimeout(() => child.kill(), 10_000).unref();
    },
  };
}

/** The line of a stack trace that says what is wrong. */
function errorIn(text: string): string | undefined {
  return text.split('\n').findLast((line) => /^\w*(Error|Exception)\b/.test(line));
}

const quiet = { TF_CPP_MIN_LOG_LEVEL: '3', PYTHONDONTWRITEBYTECODE: '1' };

/** What runs `bench/runners/<file>` with `args`. */
export function ownRunner(file: string, ...args: string[]): string[] {
  return [process.execPath, '--disable-warning=ExperimentalWarning', place('runners', file), ...args];
}

/** What runs `bench/keras/<file>` with `args`. */
export function kerasRunner(python: string, file: string, ...args: string[]): string[] {
  return [python, place('keras', file), ...args];
}

function place(...path: string[]): string {
  return join(import.meta.dirname, '..', ...path);
}

/** What came of a runner. */
export interface Taken {
  readonly name: string;
  readonly turns: Spent[];
  /** Most bytes that its process has held. */
  readonly peak: number;
}

/** Lets the runners take `rounds` turns each, in turns with each other, after one that only warms up. */
export async function takeTurns(
  runners: readonly Runner[],
  rounds: number,
  line: string | (() => string),
): Promise<Taken[]> {
  const all = runners.map((): Spent[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [i, runner] of runners.entries()) {
      const turn = await runner.turn(typeof line === 'string' ? line : line());
      if (round > 0) all[i]?.push(turn);
    }
  return runners.map(({ name, peak }, i) => ({ name, turns: all[i] ?? [], peak: peak() }));
}
