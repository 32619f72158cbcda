import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { gigabytes } from './turns/peak-memory.ts';
import { caseOptions, Report, table } from './turns/report.ts';
import { ownRunner } from './turns/take-turns.ts';

/**
 * Processor time and memory by library size: generated photos from import on, and made-up libraries whose features are cached
 * already. Aims: every figure grows linearly or better; 32,000 photos trained in at most 2 GB, flat from 5,000 on.
 *
 * `node bench/library-size.ts [--real 500,2000,5000] [--made-up 500,5000,32000,50000] [--write]`
 */
const { values: options } = parseArgs({
  options: {
    ...caseOptions,
    real: { type: 'string', default: '500,2000,5000' },
    'made-up': { type: 'string', default: '500,5000,32000,50000' },
  },
});
const report = new Report('By library size', options.python);
const Measured = z.object({
  imported: z.number().nullable(),
  listed: z.number(),
  first: z.number(),
  again: z.number(),
  peak: z.number(),
});

/** A row, measured in a process of its own. */
function row(kind: 'real' | 'made-up', photos: string): string[] {
  const [command = '', ...args] = ownRunner('library-size.ts', photos, kind);
  const output = execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { imported, listed, first, again, peak } = Measured.parse(JSON.parse(output));
  const each = (seconds: number) =>
    `${seconds.toFixed(2)} s, ${((1e3 * seconds) / Number(photos)).toFixed(2)} ms`;
  const times = [imported, listed, first, again].map((seconds) => (seconds === null ? '' : each(seconds)));
  return [kind === 'real' ? 'generated' : 'features made up', photos, ...times, gigabytes(peak)];
}

const sizes = (list: string) => list.split(',').filter(Boolean);
const rows = [
  ...sizes(options.real).map((photos) => row('real', photos)),
  ...sizes(options['made-up']).map((photos) => row('made-up', photos)),
];
const columns = [
  'library',
  'photos',
  'import',
  'list of all photos',
  'first training',
  'after one label',
  'peak memory',
];
report.finish(
  `\`node bench/library-size.ts\`: processor time, in all and per photo, with the quick preset. Generated photos (800 × 600) are imported and
embedded in their first training; where features are made up there are no photo files and nothing is embedded.

${table(columns, rows)}`,
  options,
);
