import { parseArgs } from 'node:util';
import { ExperimentId, RunExperimentInput, type ExperimentResult } from '../contract/index.ts';
import { runExperiment } from '../engine/experiments/run-experiment.ts';
import { readExperiments } from '../engine/experiments/stored-experiments.ts';
import { openLibrary } from '../engine/library/index.ts';
import { startCompute } from '../engine/start-compute.ts';
import { Report, table } from './turns/report.ts';

/**
 * The Lab's experiments, each with three seeds: accuracy in percent with the 95 % interval of its mean, and what may be said.
 *
 * `node bench/experiments.ts [--only dense-or-convolutional,…] [--seeds 3] [--kept] [--write]`; `--kept` runs nothing and tells what
 * is kept in SCENELAB_DATA, as `scenelab lab experiment` and the app leave it.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    kept: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const wanted = options.only?.split(',').map((id) => ExperimentId.parse(id)) ?? ExperimentId.options;
const report = new Report('Experiments', '');

if (!options.kept) {
  const compute = startCompute();
  const { signal } = new AbortController();
  for (const id of wanted) {
    const input = RunExperimentInput.parse({ id, seeds: Number(options.seeds) });
    for await (const event of runExperiment(compute, openLibrary, input, signal))
      if (event.kind === 'measured')
        console.log(`${id}: ${event.arm}, ${event.x}, run ${event.seed}: ${percent(event.accuracy)}`);
  }
  await compute.close();
}
const results = (await readExperiments()).filter(({ id }) => wanted.includes(id));
report.finish(
  `\`node bench/experiments.ts\`, or \`scenelab lab experiment <id>\`: percent of the test images that are right, with the 95 % interval of
the mean of all runs. Differences are paired by seed; their intervals (Student's, Bonferroni's for several) hold together at 95 %.

${results.map(sectionOf).join('\n\n')}`,
  options,
);

function sectionOf(result: ExperimentResult): string {
  const { id, axis, values, arms, seeds, data, testImages, seconds, comparisons } = result;
  const rows = values.map((x, i) => [String(x), ...arms.map(({ points }) => pointOf(points[i]))]);
  const said = comparisons.map(({ arm, against, at, difference, low, high, verdict }) => {
    const where = at.length === values.length ? 'on average' : `at ${at.join(', ')}`;
    const found =
      verdict === 'unclear' ? 'no difference that these runs can show' : `${points(difference)} points`;
    return `- ${arm} against ${against}, ${where}: ${found} (${points(low)} to ${points(high)})`;
  });
  return `### ${id}

${table([axis, ...arms.map(({ id }) => id)], rows)}

${said.join('\n')}

${seeds} seeds, ${data}, ${testImages} test images; ${seconds.toFixed(0)} s.`;
}

function pointOf(point: ExperimentResult['arms'][number]['points'][number] | undefined): string {
  return point ? `${percent(point.mean)} (${percent(point.low)}–${percent(point.high)})` : '';
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function points(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
}
