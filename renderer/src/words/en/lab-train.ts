import type { LabSettings } from '../../../../contract/index.ts';
import { count, percentOf, plural, precisely } from '../format.ts';

/** Training a network from scratch. */
export const labTrain = {
  tab: 'Train',
  lead: 'A network that starts with random weights learns from scratch, while you watch.',
  network: 'Network',
  data: 'Learns from',
  mnist: 'Handwritten digits',
  photos: (project: string) => `Photos of ${project}`,
  noPhotos: 'Open a project with labelled photos to train on them.',
  aboutMnist:
    'MNIST: 60,000 digits of 28 × 28, written by some 250 people, and 10,000 by others to test with.',
  aboutPhotos: (photos: number, labels: number) =>
    `${plural(photos, 'photo')} with ${plural(labels, 'label')}, in the splits that the project keeps.`,
  epochs: 'Epochs',
  limit: 'Images, at most',
  all: 'all',
  seed: 'Seed',
  augment: 'Vary the images',
  help: {
    epochs: 'How many times it goes through all images.',
    limit: 'Fewer take less time. Leave it empty for all.',
    seed: 'The same seed gives the same network.',
    augment: 'Each epoch shifts, turns and zooms every image a little differently.',
  },
  recipe: ({
    optimizer,
    learningRate,
    schedule,
    weightDecay,
    batchSize,
    inputSize,
    width,
    averageOver,
  }: LabSettings) =>
    [
      `${optimizerName(optimizer, weightDecay)} at ${learningRate}${schedule === 'cosine' ? ', falling as a cosine' : ''}`,
      `batches of ${batchSize}`,
      `images of ${inputSize} × ${inputSize}`,
      ...(width === 1 ? [] : [`${precisely(width, 0)} of its channels`]),
      ...(averageOver === null ? [] : [`weights averaged over ${count(averageOver)} steps`]),
    ].join(' · '),
  start: 'Train from scratch',
  running: {
    title: 'Training from scratch',
    beginning: (network: string) => `${network} starts…`,
    epoch: (network: string, at: number, of: number) => `${network}, epoch ${at} of ${of}`,
    rate: 'images/s',
    loss: 'loss',
    lossHelp: 'How far its answers are from the labels. Training makes it smaller.',
    validation: 'right of those kept aside',
    validationHelp:
      'Images that are not learned from show how it does on new ones. Nothing is chosen by them.',
    stop: 'Stop, keep it as it is',
  },
  result: {
    title: (network: string, data: string) => `${network} on ${data}`,
    right: (n: number) => `of ${count(n)} images it had never seen are right`,
    wrong: (n: number) => `${count(n)} wrong`,
    interval: ([low, high]: readonly [number, number], n: number) =>
      `between ${percentOf(low, n)} and ${percentOf(high, n)}, with 95 % certainty`,
    intervalHelp: 'On other images of the same kind the share would most likely lie in this range (Wilson).',
    facts: ({ parameters, train, epochs, time, rate, seed }: Facts) =>
      `${count(parameters)} weights learned from ${plural(train, 'image')} in ${plural(epochs, 'epoch')}: ${time}, ${count(rate)} images/s, seed ${seed}.`,
    learned: 'How it learned',
    confusion: {
      detail: 'Each row: what the network said of the images with that label. Red is mixed up.',
      rows: 'label',
      columns: 'what the network said',
      cell: (n: number, label: string, said: string) =>
        label === said
          ? `${plural(n, 'image')} of ${label} right`
          : `${plural(n, 'image')} of ${label} called ${said}`,
    },
    stopped: 'It was stopped before its first epoch was complete.',
  },
  kept: {
    title: 'Trained networks',
    none: 'None yet. LeNet-5 reads digits after half a minute.',
    when: 'When',
    network: 'Network',
    data: 'Learned from',
    epochs: 'Epochs',
    accuracy: 'Right on test images',
    actions: 'Show or delete',
    show: 'Show',
    remove: (network: string) => `Delete ${network}`,
    removeTitle: (network: string, when: string) => `Delete ${network} of ${when}?`,
    removeDetail: 'This can’t be undone; it would have to be trained again.',
    removeDo: 'Delete',
  },
};

interface Facts {
  parameters: number;
  train: number;
  epochs: number;
  time: string;
  rate: number;
  seed: number;
}

function optimizerName(optimizer: LabSettings['optimizer'], weightDecay: number): string {
  if (optimizer === 'sgd') return 'SGD';
  return weightDecay > 0 ? 'AdamW' : 'Adam';
}
