import { percent } from './words.ts';

/** One row of marks of a chart in text. */
interface Series {
  readonly name: string;
  /** 0 … 1, in the order of the rows. */
  readonly means: readonly number[];
}

const marks = ['o', 'x', '+', '*'];
const columns = 60;

/** Means as marks on a scale, a line for each place of the axis: lines of text, the last of them says which mark is what. */
export function dotChart(series: readonly Series[], places: readonly string[]): string[] {
  const all = series.flatMap(({ means }) => means);
  const lowest = Math.floor(10 * Math.min(...all)) / 10;
  const columnOf = (mean: number) => Math.round(((mean - lowest) / (1 - lowest)) * (columns - 1));
  const wide = Math.max(...places.map(({ length }) => length));
  const rows = places.map((place, i) => {
    const row = new Array<string>(columns).fill('·');
    // The first is drawn last, so that no mark of many hides all of one.
    for (const [s, { means }] of [...series.entries()].toReversed())
      row[columnOf(means[i] ?? 0)] = marks[s] ?? '?';
    return `${place.padStart(wide)}  ${row.join('')}`;
  });
  const scale = `${''.padStart(wide)}  ${percent(lowest)}${'100 %'.padStart(columns - percent(lowest).length)}`;
  return [
    ...rows,
    scale,
    `${''.padStart(wide)}  ${series.map(({ name }, s) => `${marks[s]} ${name}`).join('   ')}`,
  ];
}
