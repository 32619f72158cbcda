import { Option, type Command } from 'commander';
import { z } from 'zod';
import { Augmentation, Framing, Preset, TrainSettings, type TrainInput } from '../contract/index.ts';
import { numeric, parseOptions, type Flags } from './parse-options.ts';

const shape = TrainSettings.shape;
const changes = Augmentation.shape;

/** Every setting of a training, as text from its flag. */
const Given = z
  .object({
    preset: Preset,
    backbone: shape.backbone,
    framing: shape.framing,
    cut: z.string().transform((name) => (name === 'none' ? null : name)),
    variants: numeric(shape.variants),
    epochs: numeric(shape.epochs),
    batchSize: numeric(shape.batchSize),
    optimizer: shape.optimizer,
    learningRate: numeric(shape.learningRate),
    warmup: numeric(shape.warmup),
    momentum: numeric(shape.momentum),
    weightDecay: numeric(shape.weightDecay),
    labelSmoothing: numeric(shape.labelSmoothing),
    mixup: numeric(shape.mixup),
    dropout: numeric(shape.dropout),
    reach: numeric(shape.reach),
    classWeights: z.boolean(),
    patience: numeric(shape.patience),
    refit: shape.refit,
    seed: numeric(shape.seed),
    flip: z.boolean(),
    rotate: numeric(changes.rotate),
    cropArea: numeric(changes.cropArea),
    cropAspect: numeric(changes.cropAspect),
    brightness: numeric(changes.brightness),
    contrast: numeric(changes.contrast),
    saturation: numeric(changes.saturation),
  })
  .partial();

const choice = (flag: string, words: string, values: readonly string[]) =>
  new Option(flag, words).choices(values);

const options = [
  choice('--preset <name>', 'how much effort (default: balanced)', Preset.options),
  new Option('--backbone <id>', 'pretrained network; see `scenelab backbone list`'),
  new Option('--seed <n>', 'the same seed gives the same model on the same machine'),
  choice('--framing <how>', 'how a photo becomes a square', Framing.options),
  new Option('--cut <name>', 'where freezing ends; "none" trains the head alone'),
  new Option('--epochs <n>', 'passes of fine-tuning, at most'),
  new Option('--patience <n>', 'epochs without a better validation loss before it stops'),
  new Option('--batch-size <n>', 'photos a step'),
  choice('--optimizer <name>', 'how weights follow the gradient', shape.optimizer.options),
  new Option('--learning-rate <x>', 'highest learning rate'),
  new Option('--warmup <share>', 'share of the steps in which the learning rate rises'),
  new Option('--momentum <x>', 'of SGD'),
  new Option('--weight-decay <x>', 'decoupled weight decay'),
  new Option('--label-smoothing <x>', 'share of the target spread over all classes'),
  new Option('--mixup <x>', 'largest share of another photo that is mixed into each one'),
  new Option('--dropout <x>', 'before the last layer'),
  new Option('--reach <share>', 'how far the model goes from where fine-tuning began to where it ends'),
  new Option('--class-weights', 'weigh rare labels more'),
  new Option('--no-class-weights', 'weigh all photos alike'),
  choice('--refit <on>', 'what the delivered model also learns from', shape.refit.options),
  new Option('--variants <n>', 'augmented versions of each photo'),
  new Option('--flip', 'augmentation: mirror some photos'),
  new Option('--no-flip', 'never mirror (text, left and right that matter)'),
  new Option('--rotate <degrees>', 'augmentation: largest rotation'),
  new Option('--crop-area <share>', 'augmentation: smallest share of the picture that is kept'),
  new Option('--crop-aspect <factor>', 'augmentation: largest change of shape'),
  new Option('--brightness <share>', 'augmentation: largest change'),
  new Option('--contrast <share>', 'augmentation: largest change'),
  new Option('--saturation <share>', 'augmentation: largest change'),
];

/** Gives a verb a flag for every setting of a training. What is not given stays with the preset. */
export function addSettingsOptions(verb: Command): Command {
  for (const option of options) verb.addOption(option);
  // Commander would make "--no-x" default to true.
  for (const name of ['classWeights', 'flip']) verb.setOptionValue(name, undefined);
  return verb;
}

/** Preset and settings from a verb's flags. Throws USAGE. */
export function readSettings(given: Flags): Pick<TrainInput, 'preset' | 'settings'> {
  const { preset = 'balanced', ...rest } = parseOptions(Given, given);
  const { flip, rotate, cropArea, cropAspect, brightness, contrast, saturation, ...settings } = rest;
  const augmentation = { flip, rotate, cropArea, cropAspect, brightness, contrast, saturation };
  return { preset, settings: { ...settings, augmentation } };
}
