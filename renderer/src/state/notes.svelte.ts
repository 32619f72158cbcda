import type { ImportResult } from '../../../contract/index.ts';
import { sentence, words } from '../words/index.ts';
import { toFailure, type Failure } from './failure.ts';

/** A short message at the foot of the window. */
export interface Note {
  id: number;
  tone: 'good' | 'warn' | 'bad';
  title: string;
  detail: string;
  action: { label: string; run: () => void } | null;
}
const shownFor = 7000;

/** What happened that concerns no one place. Good news goes by itself; all else stays until it is dismissed. */
export class Notes {
  all = $state.raw<Note[]>([]);
  #last = 0;

  say(title: string, detail = '', action: Note['action'] = null): void {
    const id = this.#add({ tone: 'good', title, detail, action });
    setTimeout(() => this.dismiss(id), shownFor);
  }

  /** Says what failed until it is dismissed; gives the note's id. */
  failed({ met, expected, fix }: Failure): number {
    const detail = [expected && words.failure.expected(expected), fix]
      .filter(Boolean)
      .map(sentence)
      .join(' ');
    return this.#add({ tone: 'bad', title: sentence(met), detail, action: null });
  }

  /** Shows anything thrown; a person's own cancelling shows nothing. */
  threw(error: unknown): void {
    const failure = toFailure(error);
    if (failure) this.failed(failure);
  }

  imported(result: ImportResult, action: Note['action'] = null): void {
    const [title, detail] = [words.adding.done(result.imported), words.adding.doneDetail(result)];
    if (result.skipped.length) this.#add({ tone: 'warn', title, detail, action });
    else this.say(title, detail, action);
  }

  dismiss(id: number): void {
    this.all = this.all.filter((note) => note.id !== id);
  }

  #add(note: Omit<Note, 'id'>): number {
    const id = ++this.#last;
    this.all = [...this.all.filter(({ title }) => title !== note.title), { ...note, id }];
    return id;
  }
}
