import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Notice, ScenelabError } from '../../contract/index.ts';
import { isAnotherRunning } from '../is-another-running.ts';
import { saysOutOfMemory } from '../says-out-of-memory.ts';
import { epochsDone, removeCheckpoints } from './fit-model.ts';
import { nextRung, noticeOfStep, Rung } from './next-rung.ts';

/** What a run remembers, in `memory.json` of its folder. */
const State = z.object({
  rung: Rung,
  /** Of the steps down so far. */
  notices: z.array(Notice),
  /** The engine that is at it, and the epochs that were done when it began on this rung; null once it left in good order. */
  begun: z.object({ pid: z.number().int(), epochs: z.number().int() }).nullable(),
});
type State = z.infer<typeof State>;

/**
 * The way of one run down the ladder. The kernel ends a process that wants too much memory without a word, so that an
 * engine leaves a mark in the run's folder while it works, and the next one reads it.
 */
export class MemoryLadder {
  readonly #runFolder: string;
  #state: State;

  /**
   * Begins with `first`, or where the run was: one step lower when the engine that was at it vanished before it had done
   * another epoch. It may have been a power cut; but the first steps cost only time, and what fits does an epoch.
   */
  constructor(runFolder: string, first: Rung) {
    this.#runFolder = runFolder;
    const left = this.#read();
    this.#state = left ?? { rung: first, notices: [], begun: null };
    if (left?.begun && left.begun.epochs === this.#epochs && !isAnotherRunning(left.begun.pid))
      this.#stepDown(false);
    this.#keep({ begun: this.#beginning });
  }

  get rung(): Rung {
    return this.#state.rung;
  }

  /** What was said of the steps down so far. */
  get notices(): readonly Notice[] {
    return this.#state.notices;
  }

  /**
   * Gives up the next thing after an error, and says so. What was learned goes on where it still fits: with the same cut.
   * @throws the error when it is of another kind
   * @throws ScenelabError OUT_OF_MEMORY when nothing is left to give up
   */
  stepDown(error: unknown): Notice {
    if (!isOutOfMemory(error)) throw error;
    const notice = this.#stepDown(true);
    if (!notice) throw nothingLeft(error);
    return notice;
  }

  /** The engine leaves the run in good order, whether it is done or not. */
  leave(): void {
    // Deleted while it was trained, there is nothing to leave.
    if (existsSync(this.#runFolder)) this.#keep({ begun: null });
  }

  #stepDown(isCertain: boolean): Notice | null {
    const { rung, notices } = this.#state;
    const next = nextRung(rung);
    if (!next) return null;
    const notice = noticeOfStep(rung, next, isCertain);
    if (notice.code === 'LESS_LEARNS') removeCheckpoints(this.#runFolder);
    this.#keep({ rung: next, notices: [...notices, notice], begun: this.#beginning });
    return notice;
  }

  get #beginning(): State['begun'] {
    return { pid: process.pid, epochs: this.#epochs };
  }

  get #epochs(): number {
    return (epochsDone(this.#runFolder, 'fine-tune') ?? 0) + (epochsDone(this.#runFolder, 'refit') ?? 0);
  }

  #read(): State | null {
    if (!existsSync(this.#file)) return null;
    try {
      return State.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return null; // torn by what ended the engine; the run begins at the top
    }
  }

  #keep(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    writeFileSync(this.#file, JSON.stringify(this.#state));
  }

  get #file(): string {
    return join(this.#runFolder, 'memory.json');
  }
}

function isOutOfMemory(error: unknown): boolean {
  if (error instanceof ScenelabError) return error.code === 'OUT_OF_MEMORY';
  return error instanceof Error && saysOutOfMemory(error.message);
}

function nothingLeft(cause: unknown): ScenelabError {
  return new ScenelabError(
    'OUT_OF_MEMORY',
    'There is too little memory even to train the last layer alone',
    '',
    'Close other programs, then do the same again',
    cause,
  );
}
