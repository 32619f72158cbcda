import type { ErrorData } from '../../../../contract/index.ts';
import { bytes, count, percent, plural } from '../format.ts';

/** The train screen. */
export const train = {
  train: {
    title: 'Fine-tune',
    plan: ({
      classNames,
      train,
      validation,
      test,
    }: {
      classNames: readonly unknown[];
      train: number;
      validation: number;
      test: number;
    }) =>
      `${plural(train + validation + test, 'labelled photo')} in ${plural(classNames.length, 'label')}: ` +
      `${count(train)} to learn from, ${count(validation)} to check progress on, ${count(test)} kept aside for the test.`,
    planning: 'Looking at the photos, and at how fast this machine is …',
    preset: 'How thoroughly',
    presets: {
      quick: { title: 'Quick', detail: 'Only the last layer learns. Good for a first look.' },
      balanced: { title: 'Balanced', detail: 'The upper blocks learn too, on varied copies of each photo.' },
      thorough: { title: 'Thorough', detail: 'A larger network, longer. For the final model.' },
    },
    about: (time: string) => `about ${time}`,
    memory: (need: number, free: number) => `${bytes(need)} of the ${bytes(free)} of free memory`,
    timeUnknown: 'time not known yet',
    fineTune: 'Fine-tune',
    on: (device: string) => `on ${device}`,
    toPhotos: 'To the photos',
    done: (share: string) => `Trained: ${share} of the test photos are right.`,
    see: 'See the results',
    stoppedAgain: {
      code: 'ENGINE_STOPPED',
      met: 'The engine stopped again and again while training, most likely because memory ran out',
      expected: '',
      fix: 'Close other programs, or choose a smaller batch size or a smaller backbone under Advanced; then go on',
    } satisfies ErrorData,
    brokenOff: (when: string) => `The training of ${when} was broken off. It goes on where it was.`,
    goOn: 'Go on',
    stages: {
      scan: 'Looking through the photos',
      import: 'Importing',
      prepare: 'Preparing',
      embed: 'Looking at each photo',
      head: 'Learning the labels',
      'cut-features': 'Looking at varied copies',
      'fine-tune': 'Fine-tuning',
      refit: 'Learning once more, from more photos',
      'from-scratch': 'Learning from scratch',
      evaluate: 'Testing on photos it has never seen',
      'check-labels': 'Looking for labels that may be wrong',
      predict: 'Predicting',
      sort: 'Sorting',
      export: 'Exporting',
      download: 'Fetching',
      install: 'Installing',
    },
    running: {
      title: 'Training',
      beginning: 'Beginning…',
      paused: 'Paused',
      epoch: (stage: string, at: number, of: number) => `${stage}, epoch ${at} of ${of}`,
      best: (epoch: number) => `kept so far: epoch ${epoch}`,
      of: (done: number, total: number) => `${count(done)} of ${count(total)}`,
      rate: 'photos/s',
      validation: 'validation accuracy',
      validationHelp:
        'How many of the photos kept aside to check progress are right. The test photos are not looked at before the end.',
      left: 'left',
      pause: 'Pause',
      resume: 'Go on',
      stop: 'Stop, keep best',
    },
    curves: {
      title: (epoch: number, accuracy: string) =>
        `After epoch ${epoch}, ${accuracy} of the training photos are right`,
      training: 'training',
      validation: 'validation',
      accuracy: 'Accuracy',
      loss: 'Loss',
      choose: 'Curve',
      epoch: 'epoch',
    },
    history: {
      title: 'Earlier runs',
      when: 'When',
      how: 'How',
      state: 'State',
      accuracy: 'Right on test photos',
      recipe: (backbone: string, cut: string | null, epochs: number) =>
        cut === null ? `${backbone}, last layer` : `${backbone}, from ${cut} on, ${plural(epochs, 'epoch')}`,
      states: { running: 'broken off', finished: '', failed: 'given up' },
      gaveUp: 'with less, as memory ran out',
      interval: ([low, high]: readonly [number, number], n: number) =>
        `${percent(low)} to ${percent(high)}, ${plural(n, 'photo')}`,
    },
    advanced: {
      title: 'Advanced',
      changed: (n: number) => `${n} changed`,
      reset: 'Back to the preset',
      backbone: 'Backbone',
      notInstalled: (name: string) => `${name} (not installed)`,
      cut: 'What learns',
      headOnly: 'the last layer',
      framing: 'Framing',
      framings: { stretch: 'Stretch', crop: 'Cut to the middle', fit: 'Whole photo, grey bars' },
      epochs: 'Epochs',
      batchSize: 'Batch size',
      learningRate: 'Learning rate',
      weightDecay: 'Weight decay',
      dropout: 'Dropout',
      labelSmoothing: 'Label smoothing',
      mixup: 'Mixup',
      reach: 'Reach',
      variants: 'Copies of each photo',
      patience: 'Patience, epochs',
      seed: 'Seed',
      classWeights: 'Weigh rare labels more',
      help: {
        backbone: 'The network, trained on a million photos before, that yours builds on.',
        cut: 'What lies below the cut stays frozen; what lies above is fine-tuned.',
        framing: 'How a photo of any shape becomes a square.',
        epochs: 'How often all training photos are gone through.',
        batchSize: 'Photos per step. Smaller needs less memory.',
        learningRate: 'How large a step is at most.',
        weightDecay: 'Pulls weights towards zero, against learning by heart.',
        dropout: 'Share of the features left out at random in each step.',
        labelSmoothing: 'How much a label may be doubted.',
        mixup: 'How much of another photo is mixed into each one, against learning by heart.',
        reach:
          'How far to go from where fine-tuning began (0) to where it ends (1); in between is often best.',
        variants: 'Each photo is also learnt turned, cropped and in other light.',
        patience: 'Stops when validation got no better for so many epochs.',
        seed: 'The same seed gives the same model.',
        classWeights: 'Makes up for labels with few photos.',
      },
    },
  },
};
