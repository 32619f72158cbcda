import type { LabData, LabRecipe, LabSettings, LabTrainInput } from '../../contract/index.ts';
import { networks, unknownNetwork } from '../networks/registry.ts';
import type { Variation } from './vary-images.ts';

/** How images are varied where a training augments them: digits can't be mirrored. */
const variations: Readonly<Record<LabData['kind'], Variation>> = {
  mnist: { shift: 0.08, rotate: 10, zoom: 0.1, lean: 8, bend: 0, mirror: false },
  photos: { shift: 0.1, rotate: 10, zoom: 0.15, lean: 0, bend: 0, mirror: true },
};

/**
 * For a network that learns for long, parts are bent as well. Of 10,000 digits kept back deep-digits has 99.64 % right with it (15
 * epochs, two seeds); a third more of everything 99.60 %, twice as much 99.48 %, three quarters of it 99.66 % (one seed each of
 * the last two).
 */
const bent: Variation = { shift: 0.06, rotate: 9, zoom: 0.09, lean: 8, bend: 0.04, mirror: false };

/** How a network's images are varied where its training augments them. */
export function variationFor(network: string, kind: LabData['kind']): Variation {
  return network === 'deep-digits' && kind === 'mnist' ? bent : variations[kind];
}

/** What courses do: Adam at its usual rate, nothing else. */
const plain: LabSettings = {
  framing: 'crop',
  epochs: 10,
  batchSize: 64,
  optimizer: 'adam',
  learningRate: 1e-3,
  schedule: 'constant',
  warmup: 0,
  weightDecay: 0,
  labelSmoothing: 0,
  initial: 'glorot',
  augment: false,
  averageOver: null,
  validation: 0.1,
  seed: 1,
  limit: null,
  inputSize: 28,
  width: 1,
};

/** What networks with batch norm are trained with today: AdamW, a rate that rises and falls, varied images. */
const modern: LabSettings = {
  ...plain,
  learningRate: 2e-3,
  schedule: 'cosine',
  warmup: 0.1,
  weightDecay: 0.02,
  labelSmoothing: 0.1,
  initial: 'he',
  augment: true,
};

/** Without batch norm a deep network bears no more. */
const unnormalized: LabSettings = { ...modern, learningRate: 5e-4, weightDecay: 0, labelSmoothing: 0 };

/** As many digits as a large network gets through on two cores in some minutes. */
const fewDigits = { limit: 12_000, epochs: 3, batchSize: 32 };

/** As few photos as people have take many epochs; a batch of 16 makes steps of them. */
const photos = { epochs: 40, batchSize: 16, augment: true };

interface Recipe {
  readonly mnist: Partial<LabSettings>;
  readonly photos: Partial<LabSettings>;
  readonly base: LabSettings;
}

const lite: Recipe = {
  base: modern,
  mnist: { ...fewDigits, inputSize: 56, width: 0.5 },
  photos: { ...photos, inputSize: 96, width: 0.5 },
};

/** By network; the large ones at sizes that two cores bear. */
const recipes: Readonly<Record<string, Recipe>> = {
  'dense-network': { base: plain, mnist: {}, photos: { ...photos, inputSize: 32 } },
  'lenet-5': {
    base: { ...plain, schedule: 'cosine', learningRate: 2e-3 },
    mnist: {},
    photos: { ...photos, inputSize: 32 },
  },
  // The course's own settings, which its figure belongs to.
  'course-network': { base: plain, mnist: {}, photos: { ...photos, inputSize: 48 } },
  'deep-digits': {
    base: modern,
    mnist: { epochs: 30, averageOver: 1500, validation: 0.05 },
    photos: { ...photos, inputSize: 64 },
  },
  alexnet: {
    base: unnormalized,
    mnist: { ...fewDigits, inputSize: 67, width: 0.25 },
    photos: { ...photos, inputSize: 115, width: 0.25 },
  },
  googlenet: {
    base: unnormalized,
    mnist: { ...fewDigits, inputSize: 56, width: 0.5 },
    photos: { ...photos, inputSize: 96, width: 0.5 },
  },
  'resnet-18': {
    base: modern,
    mnist: { ...fewDigits, width: 0.25 },
    photos: { ...photos, inputSize: 64, width: 0.25 },
  },
  'resnet-50': {
    base: modern,
    mnist: { ...fewDigits, width: 0.25 },
    photos: { ...photos, inputSize: 64, width: 0.25 },
  },
  'mobilenet-v2': {
    base: modern,
    mnist: { ...fewDigits, width: 0.5 },
    photos: { ...photos, inputSize: 96, width: 0.5 },
  },
  // It has one width.
  'inception-v3': {
    base: modern,
    mnist: { ...fewDigits, limit: 4000, inputSize: 75 },
    photos: { ...photos, inputSize: 96 },
  },
  'efficientnet-lite0': lite,
  'efficientnet-lite1': lite,
  'efficientnet-lite2': lite,
  'efficientnet-lite3': lite,
  'efficientnet-lite4': lite,
};

/** The settings that a network is trained with on data of a kind, with those that were chosen. Throws NOT_FOUND. */
export function settingsFor(
  network: string,
  kind: LabData['kind'],
  chosen: LabTrainInput['settings'] = {},
): LabSettings {
  const recipe = recipes[network];
  if (!recipe) throw unknownNetwork(network);
  // What is left out is undefined where it comes from options, and must not hide the recipe's.
  const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  return { ...recipe.base, ...recipe[kind], ...given };
}

/** The recipe of every network. */
export function listRecipes(): LabRecipe[] {
  return networks.map(({ id }) => ({
    network: id,
    mnist: settingsFor(id, 'mnist'),
    photos: settingsFor(id, 'photos'),
  }));
}
