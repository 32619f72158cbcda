import { count, duration, size } from './words.ts';

/** How far something is, in the words and units that it is shown with. */
export interface Advance {
  readonly name: string;
  readonly done: number;
  readonly total: number | null;
  /** Per second. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
  readonly unit: 'photos' | 'files' | 'bytes' | 'steps' | 'percent';
  /** A figure to show with it. */
  readonly note?: string;
}

const widestBar = 24;
const narrowestBar = 6;

/** A stage in one line of at most so many columns: the bar becomes shorter, then facts are left out from the end. */
export function progressLine(advance: Advance, columns: number): string {
  const { name, done, total } = advance;
  const all = facts(advance);
  const shorter = all.map((_, left) => all.slice(0, all.length - left).join(' · '));
  const shown = shorter.find((words) => `${name}: ${words}`.length <= columns) ?? '';
  const bar = Math.min(widestBar, columns - name.length - shown.length - 2);
  if (!total || bar < narrowestBar) return `${name}: ${shown}`.slice(0, columns);
  const full = Math.round((bar * Math.min(done, total)) / total);
  return `${name} ${'█'.repeat(full)}${'░'.repeat(bar - full)} ${shown}`;
}

/** What is known of an advance, the most important first. */
export function facts(advance: Advance): string[] {
  const { done, total, secondsLeft, note } = advance;
  const isShort = secondsLeft === null || done === total || secondsLeft < 1;
  return [amount(advance), isShort ? '' : `${duration(secondsLeft)} left`, note ?? '', speed(advance)].filter(
    (part) => part !== '',
  );
}

function amount({ done, total, unit }: Advance): string {
  if (unit === 'percent') return `${Math.round(done)} %`;
  const figure = (n: number) => (unit === 'bytes' ? size(n) : n.toLocaleString('en'));
  if (total === null) return unit === 'bytes' ? size(done) : count(done, unit.slice(0, -1));
  return `${unit === 'steps' ? 'step ' : ''}${figure(done)} of ${figure(total)}`;
}

/** Steps are told in photos a second; how fast files are listed or written tells nobody anything. */
function speed({ rate, unit }: Advance): string {
  if (!rate || unit === 'files' || unit === 'percent') return '';
  return unit === 'bytes' ? `${size(rate)}/s` : `${rate.toFixed(rate < 10 ? 1 : 0)} photos/s`;
}
