import type {
  ArmComparison,
  ExperimentAxis,
  ExperimentId,
  ExperimentResult,
} from '../../../../contract/index.ts';
import { count, plural, precisely } from '../format.ts';

interface Told {
  title: string;
  detail: string;
  /** Of each side by its id: what it is called, and what it is where layers don't tell. */
  arms: Record<string, { name: string; what?: string }>;
}

const each: Record<ExperimentId, Told> = {
  'dense-or-convolutional': {
    title: 'Dense or convolutional?',
    detail:
      'Two networks with the same number of parameters learn the same digits. Then they are asked about test digits that are moved by a few pixels.',
    arms: { dense: { name: 'Dense' }, convolutional: { name: 'Convolutional' } },
  },
  'pooling-or-stride': {
    title: 'Max pooling or a stride?',
    detail: 'Both halve height and width, and neither adds parameters. The stride does a third of the work.',
    arms: { stride: { name: 'Stride' }, 'max-pooling': { name: 'Max pooling' } },
  },
  'local-response-norm': {
    title: 'What does local response normalisation give?',
    detail:
      'AlexNet’s normalisation and its constants, on pixels from 0 to 255 as it had them; and the same network without it, once with the pixels brought to 0 … 1 instead.',
    arms: {
      'not-normalised': { name: 'Not normalised' },
      normalised: { name: 'Normalised' },
      scaled: { name: 'Pixels scaled' },
    },
  },
  augmentation: {
    title: 'What is augmentation worth?',
    detail:
      'The same network learns the same digits as they are, or moved, turned and zoomed a little, in every epoch otherwise.',
    arms: { 'as-they-are': { name: 'Unchanged' }, augmented: { name: 'Augmented' } },
  },
  'batch-norm': {
    title: 'What does batch norm allow?',
    detail:
      'Six convolutions learn by gradient descent, in few steps and at higher and higher learning rates.',
    arms: { 'without-batch-norm': { name: 'Without batch norm' }, 'batch-norm': { name: 'Batch norm' } },
  },
  'skip-connections': {
    title: 'Does depth do harm?',
    detail: 'Networks of 8 to 32 layers, all with batch norm, have the same number of steps to learn in.',
    arms: {
      plain: { name: 'Plain', what: 'convolutions of 3 × 3, each with batch norm, in three stages' },
      residual: { name: 'Residual', what: 'the same, every two convolutions added to what they read' },
    },
  },
  'photos-per-class': {
    title: 'What is transfer learning worth?',
    detail:
      'The same few photos of each class teach a small network that knows nothing, the last layer of one that knows a million other photos, and its upper blocks too.',
    arms: {
      'from-scratch': { name: 'From scratch' },
      'feature-extraction': {
        name: 'Feature extraction',
        what: 'EfficientNet-Lite0 as it is; a new last layer',
      },
      'fine-tuning': { name: 'Fine-tuning', what: 'the same, and its last four blocks' },
    },
  },
};

const axes: Record<ExperimentAxis, string> = {
  'pixels-moved': 'pixels moved',
  'training-digits': 'digits to learn from',
  'learning-rate': 'learning rate',
  depth: 'layers deep',
  'photos-per-class': 'photos of each class',
};

/** A place of the axis in a sentence. */
const places: Record<ExperimentAxis, (x: number) => string> = {
  'pixels-moved': (x) => (x === 0 ? 'On digits as they are' : `On digits moved by ${plural(x, 'pixel')}`),
  'training-digits': (x) => `With ${plural(x, 'digit')} to learn from`,
  'learning-rate': (x) => `At a learning rate of ${x}`,
  depth: (x) => `${x} layers deep`,
  'photos-per-class': (x) => `With ${plural(x, 'photo')} of each class`,
};

const points = (share: number) => (100 * share).toFixed(1).replace('-', '−');

/** What the runs say of two sides. */
function compared({ arm, against, at, ...found }: ArmComparison, result: ExperimentResult): string {
  const { id, axis, seeds } = result;
  const name = (arm: string) => (each[id].arms[arm]?.name ?? arm).toLowerCase();
  const [x = 0] = at;
  const where = at.length === 1 ? places[axis](x) : 'On average';
  if (seeds < 2) return `${where}: one run of each side can show no difference.`;
  const { difference, low, high, verdict } = found;
  if (verdict === 'unclear')
    return `${where}: no difference between ${name(arm)} and ${name(against)} that these ${seeds} runs can show (${points(low)} to ${points(high)} points).`;
  const [better, worse] = verdict === 'better' ? [arm, against] : [against, arm];
  const [from, to] = verdict === 'better' ? [low, high] : [-high, -low];
  return `${where}: ${name(better)} is right more often than ${name(worse)}, by ${points(Math.abs(difference))} points (${points(from)} to ${points(to)}).`;
}

/** Claims, tried. */
export const labExperiments = {
  tab: 'Experiments',
  lead: 'Claims of the course, tried: both sides are trained several times and compared.',
  loading: 'Looking for experiments…',
  each,
  axes,
  compared,
  how: 'How they are run',
  seeds: 'Runs of each side',
  seedsHelp: 'Digits, weights and order are drawn anew in each; small differences need more.',
  full: 'All of MNIST',
  fullHelp: '60,000 digits, where some thousands show the same in minutes.',
  photos: 'Photos',
  sample: 'The sample',
  project: 'This project',
  run: 'Run',
  again: 'Run again',
  about: (time: string) => `about ${time}`,
  longer: 'takes much longer',
  notRun: 'Not run yet',
  waits: 'Another experiment is running.',
  parameters: (n: number) => plural(n, 'parameter'),
  work: (n: string) => `${n} multiply-adds`,
  withLayers: (depth: number) => `with ${plural(depth, 'layer')}`,
  toLayers: 'Show in Layers',
  cancel: 'Cancel',
  beginning: 'Beginning…',
  trial: (arm: string, axis: string, x: number, seed: number, seeds: number) =>
    `${arm}, ${axis} ${count(x)}, run ${seed} of ${seeds}`,
  epoch: (epoch: number, epochs: number) => `epoch ${epoch} of ${epochs}`,
  left: (time: string) => `${time} left`,
  chart: (title: string, axis: string, arms: string) =>
    `${title} Share of right answers by ${axis}: ${arms}.`,
  chartArm: (name: string, first: number, last: number) =>
    `${name} ${precisely(first, 1)} at the first, ${precisely(last, 1)} at the last`,
  accuracy: 'right answers',
  figures: 'All figures',
  mean: (mean: number) => precisely(mean, 1),
  interval: (low: number, high: number) => `${precisely(low, 1)} to ${precisely(high, 1)}`,
  runs: (values: readonly number[]) => values.map((value) => (100 * value).toFixed(1)).join(' · '),
  legend:
    'Lines are means of all runs, dots single runs. With 95 % certainty the mean of very many runs lies within a bar, and a difference between the figures in brackets.',
  method:
    'Runs are compared pair by pair, as both sides of a run learn from the same images. The intervals of differences are Student’s, wide enough that all statements of an experiment hold together at 95 %.',
  ran: ({ seeds, data, photos, id, full, testImages }: ExperimentResult) => {
    const on =
      id !== 'photos-per-class'
        ? `${data}${full ? ', all of it' : ''}`
        : photos === null
          ? 'the sample photos'
          : data;
    return `${plural(seeds, 'run')} of each side on ${on}, judged by ${plural(testImages, id === 'photos-per-class' ? 'photo' : 'digit')}`;
  },
  command: ({ id, seeds, full, photos }: ExperimentResult) =>
    [
      `scenelab lab experiment ${id}`,
      ...(seeds === 3 ? [] : [`--seeds ${seeds}`]),
      ...(full ? ['--full'] : []),
      ...(photos === null ? [] : [`--photos "${photos}"`]),
    ].join(' '),
  copy: 'Copy the command',
};
