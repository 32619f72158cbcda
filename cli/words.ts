import type { Stage } from '../contract/index.ts';

/** What a stage is called while it runs. */
export const stageWords: Readonly<Record<Stage, string>> = {
  scan: 'Looking for photos',
  import: 'Reading photos',
  prepare: 'Preparing',
  embed: 'Extracting features',
  head: 'Training the head',
  'cut-features': 'Extracting features for fine-tuning',
  'fine-tune': 'Fine-tuning',
  refit: 'Training the delivered model',
  'from-scratch': 'Training from scratch',
  evaluate: 'Evaluating',
  'check-labels': 'Looking for wrong labels',
  predict: 'Predicting',
  sort: 'Sorting',
  export: 'Exporting',
  verify: 'Comparing with the app',
  download: 'Downloading',
  install: 'Installing',
};

/** 0.9333 is "93.3 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Seconds as "under 1 s", "8 s", "1 min", "1 min 12 s" or "2 h 5 min". */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 1) return 'under 1 s';
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${s % 60} s`;
  const minutes = Math.floor((s % 3600) / 60);
  return minutes === 0 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 3600)} h ${minutes} min`;
}

/** Bytes as "274 MB". */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** "1 photo", "2 photos". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? noun : plural}`;
}

const mostLines = 20;

/** Lines of a list, but so many that what comes before them stays in view. */
export function atMost(lines: readonly string[]): string[] {
  if (lines.length <= mostLines) return [...lines];
  const others = (lines.length - mostLines).toLocaleString('en');
  return [...lines.slice(0, mostLines), `  and ${others} more; --json lists all.`];
}

/** Rows as text in columns; the first column is set left, the others right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => (row[c] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
