import {
  ScenelabError,
  type Augmentation,
  type Preset,
  type TrainInput,
  type TrainSettings,
} from '../../contract/index.ts';
import { listBackbones } from '../backbones/registry.ts';

/** L2 penalty of the head, see `fitHead`: as good as the best on every set tried, from 150 photos to 500. */
export const headPenalty = 0.01;

/** Moderate: a photo stays one that could have been taken. */
const augmentation: Augmentation = {
  flip: true,
  rotate: 10,
  cropArea: 0.5,
  cropAspect: 4 / 3,
  brightness: 0.2,
  contrast: 0.2,
  saturation: 0.2,
};

const common = {
  framing: 'crop',
  augmentation,
  batchSize: 32,
  optimizer: 'adam',
  learningRate: 3e-4,
  warmup: 0.1,
  momentum: 0.9,
  weightDecay: 0.05,
  labelSmoothing: 0,
  mixup: 0,
  dropout: 0.2,
  classWeights: false,
  reach: 0.2,
  patience: 5,
  refit: 'validation',
  seed: 0,
} as const satisfies Partial<TrainSettings>;

type Recipe = Omit<TrainSettings, 'cut'> & {
  /** Which cut of the backbone, the one that trains most first; null trains the head alone. */
  readonly cut: number | null;
};

/**
 * The head begins at its optimum on plain targets; what lies below learns smoothed ones, and the model goes only a part of the
 * way from there (`bench/RESULTS.md`). Letting few validation photos choose that part loses more than it gains.
 */
const fineTuned = { ...common, cut: 1, variants: 12, epochs: 10, labelSmoothing: 0.1 } as const;

/** How each preset trains: quick in seconds, balanced in minutes, thorough as well as it can. */
const recipes: Record<Preset, Recipe> = {
  quick: {
    ...common,
    backbone: 'efficientnet-lite0',
    cut: null,
    variants: 1,
    epochs: 0,
  },
  balanced: { ...fineTuned, backbone: 'efficientnet-lite0' },
  thorough: { ...fineTuned, backbone: 'efficientnet-lite2', reach: 0.5 },
};

/**
 * The settings of a training: those given, the rest as the preset has them. A preset's cut is the one of the same depth in
 * whatever backbone was chosen.
 * @throws ScenelabError USAGE for an unknown backbone or cut
 */
export function resolveSettings({
  preset,
  settings,
}: Pick<TrainInput, 'preset' | 'settings'>): TrainSettings {
  const { cut, ...recipe } = recipes[preset];
  const { augmentation, ...given } = settings;
  const resolved: TrainSettings = {
    ...recipe,
    cut: null,
    ...chosen(given),
    augmentation: { ...recipe.augmentation, ...chosen(augmentation ?? {}) },
  };
  const backbone = listBackbones().find(({ id }) => id === resolved.backbone);
  if (!backbone)
    throw usage(
      `There is no backbone "${resolved.backbone}"`,
      listBackbones().map(({ id }) => id),
    );
  const cuts = backbone.cuts.map(({ name }) => name);
  if (settings.cut === undefined) return { ...resolved, cut: cut === null ? null : (cuts[cut] ?? null) };
  if (settings.cut !== null && !cuts.includes(settings.cut))
    throw usage(`${backbone.name} has no cut "${settings.cut}"`, cuts);
  return resolved;
}

/** Without what is undefined, which would cover the preset's value. */
function chosen(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function usage(met: string, names: readonly string[]): ScenelabError {
  return new ScenelabError(
    'USAGE',
    met,
    `one of ${names.join(', ')}`,
    'Run `scenelab backbone list` to see them',
  );
}
