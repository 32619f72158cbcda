import type {
  ArmComparison,
  ExperimentAxis,
  ExperimentId,
  ExperimentInfo,
  ExperimentResult,
} from '../contract/index.ts';
import { dotChart } from './dot-chart.ts';
import { count, duration, table } from './words.ts';

/** What each experiment asks, and its sides by their ids. */
const experiments: Readonly<Record<ExperimentId, { asks: string; arms: Readonly<Record<string, string>> }>> =
  {
    'dense-or-convolutional': {
      asks: 'Dense or convolutional, at equal parameters?',
      arms: { dense: 'dense', convolutional: 'convolutional' },
    },
    'pooling-or-stride': {
      asks: 'Max pooling or a stride?',
      arms: { stride: 'stride', 'max-pooling': 'max pooling' },
    },
    'local-response-norm': {
      asks: 'What does local response normalisation give?',
      arms: { 'not-normalised': 'not normalised', normalised: 'normalised', scaled: 'pixels scaled' },
    },
    augmentation: {
      asks: 'What is augmentation worth?',
      arms: { 'as-they-are': 'unchanged', augmented: 'augmented' },
    },
    'batch-norm': {
      asks: 'What does batch norm allow?',
      arms: { 'without-batch-norm': 'without batch norm', 'batch-norm': 'batch norm' },
    },
    'skip-connections': {
      asks: 'Does depth do harm, and do skip connections help?',
      arms: { plain: 'plain', residual: 'residual' },
    },
    'photos-per-class': {
      asks: 'Feature extraction, fine-tuning or from scratch?',
      arms: {
        'from-scratch': 'from scratch',
        'feature-extraction': 'feature extraction',
        'fine-tuning': 'fine-tuning',
      },
    },
  };

const axes: Readonly<Record<ExperimentAxis, string>> = {
  'pixels-moved': 'pixels moved',
  'training-digits': 'digits to learn from',
  'learning-rate': 'learning rate',
  depth: 'layers deep',
  'photos-per-class': 'photos of each class',
};

/** A place of the axis in a sentence. */
const places: Readonly<Record<ExperimentAxis, (x: number) => string>> = {
  'pixels-moved': (x) => (x === 0 ? 'on digits as they are' : `on digits moved by ${count(x, 'pixel')}`),
  'training-digits': (x) => `with ${count(x, 'digit')} to learn from`,
  'learning-rate': (x) => `at a learning rate of ${x}`,
  depth: (x) => `${x} layers deep`,
  'photos-per-class': (x) => `with ${count(x, 'photo')} of each class`,
};

/** A side of an experiment. */
export function armWords(arm: string): string {
  const names = Object.values(experiments).flatMap(({ arms }) => arms[arm] ?? []);
  return names[0] ?? arm;
}

/** The experiments there are. */
export function experimentListWords(infos: readonly ExperimentInfo[]): string {
  const rows = infos.map(({ id, typicalSeconds }) => [
    `${id.padEnd(24)}${experiments[id].asks}`,
    `about ${duration(typicalSeconds)}`,
  ]);
  return `${table(rows)}\n\nTimes are of three runs of each side on two quiet cores.`;
}

/** What came of an experiment: every figure, a chart, and what may be said. */
export function experimentWords(result: ExperimentResult): string {
  const { id, axis, values, arms, comparisons, seeds, full, data, testImages, seconds, device } = result;
  const name = (arm: string) => experiments[id].arms[arm] ?? arm;
  const images = data === 'MNIST' ? 'digit' : 'photo';
  const rows = values.map((x, i) => [
    x.toLocaleString('en'),
    ...arms.map(({ points }) => pointWords(points[i])),
  ]);
  const names = arms.map(({ id }) => name(id));
  return [
    experiments[id].asks,
    '',
    table([[axes[axis], ...names], ...rows]),
    '',
    ...dotChart(
      arms.map(({ id, points }) => ({ name: name(id), means: points.map(({ mean }) => mean) })),
      values.map((x) => x.toLocaleString('en')),
    ),
    '',
    ...comparisons.map((comparison) => comparisonWords(comparison, result, name)),
    '',
    `${count(seeds, 'run')} of each side on ${data}${full ? ', all of it' : ''}, judged by ${count(testImages, images)}; ${duration(seconds)} on ${device}.`,
  ].join('\n');
}

function pointWords(point: ExperimentResult['arms'][number]['points'][number] | undefined): string {
  if (!point) return '';
  const { mean, low, high, values } = point;
  return values.length < 2
    ? `${percentage(mean)} %`
    : `${percentage(mean)} % (${percentage(low)}–${percentage(high)})`;
}

const percentage = (share: number) => (100 * share).toFixed(1);

function comparisonWords(
  { arm, against, at, difference, low, high, verdict }: ArmComparison,
  { axis, seeds }: ExperimentResult,
  name: (arm: string) => string,
): string {
  const [x = 0] = at;
  const place = at.length === 1 ? places[axis](x) : 'on average';
  const start = place.charAt(0).toUpperCase() + place.slice(1);
  if (seeds < 2) return `${start}: one run of each side can show no difference.`;
  const interval = `${points(low)} to ${points(high)}`;
  if (verdict === 'unclear')
    return `${start}: no difference between ${name(arm)} and ${name(against)} that these ${seeds} runs can show (${interval} points).`;
  const [better, worse] = verdict === 'better' ? [arm, against] : [against, arm];
  const [from, to] = verdict === 'better' ? [low, high] : [-high, -low];
  const by = `${points(Math.abs(difference))} points (${points(from)} to ${points(to)})`;
  return `${start}: ${name(better)} is right more often than ${name(worse)}, by ${by}.`;
}

const points = (share: number) => (100 * share).toFixed(1).replace('-', '−');
