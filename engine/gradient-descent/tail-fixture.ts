import { join } from 'node:path';
import type { TrainSettings } from '../../contract/index.ts';
import { openFeatureCache } from '../features/feature-cache.ts';
import type { GraphNode, InferenceGraph, Weight } from '../graph/index.ts';
import { randomFor } from '../random.ts';
import type { TailInput } from './tail-input.ts';

const [side, channels, size, classes, variants] = [4, 3, 6, 3, 2];

/** A small tail of every kind of weighted node: depthwise, convolution, mean. From `[4, 4, 3]` to `[6]`. */
export const smallTail: InferenceGraph = {
  name: 'small tail',
  outputs: ['embedding'],
  nodes: [
    { op: 'input', name: 'cut', inputs: [], shape: [side, side, channels] },
    {
      op: 'depthwise-conv',
      name: 'depthwise',
      inputs: ['cut'],
      shape: [side, side, channels],
      kernel: weight('depthwise', [3, 3, channels, 1]),
      bias: weight('depthwise bias', [channels]),
      strides: [1, 1],
      padding: 'same',
      activation: 'linear',
    },
    {
      op: 'conv',
      name: 'top',
      inputs: ['depthwise'],
      shape: [side, side, size],
      kernel: weight('top', [1, 1, channels, size]),
      bias: weight('top bias', [size]),
      strides: [1, 1],
      padding: 'same',
      activation: 'relu6',
    },
    { op: 'global-average-pool', name: 'embedding', inputs: ['top'], shape: [size] },
  ] satisfies GraphNode[],
};

const smallSettings: TrainSettings = {
  backbone: 'small',
  framing: 'crop',
  cut: 'cut',
  variants,
  augmentation: {
    flip: false,
    rotate: 0,
    cropArea: 1,
    cropAspect: 1,
    brightness: 0,
    contrast: 0,
    saturation: 0,
  },
  epochs: 4,
  batchSize: 8,
  optimizer: 'adam',
  learningRate: 0.02,
  warmup: 0.1,
  momentum: 0.9,
  weightDecay: 0.01,
  labelSmoothing: 0.1,
  mixup: 0,
  reach: 0.2,
  dropout: 0.2,
  classWeights: true,
  patience: 10,
  refit: 'none',
  seed: 3,
};

/** A training of `smallTail` on made features in `folder`: photos of a class lean towards a channel of their own. */
export function smallTraining(folder: string, settings: Partial<TrainSettings> = {}): TailInput {
  using cache = openFeatureCache(join(folder, 'cut'), side * side * channels);
  const photos = (name: string, count: number, shown: number) => {
    const ids = Array.from({ length: count }, (_, i) => `${name}${i.toString(16)}`.padStart(64, '0'));
    const labels = Int32Array.from(ids, (_, i) => i % classes);
    const rows = ids.flatMap((id, i) =>
      Array.from({ length: shown }, (_, variant) =>
        cache.append(id, variant, features(id, variant, i % classes)),
      ),
    );
    return { ids, labels, rows: Int32Array.from(rows) };
  };
  return {
    stage: 'fine-tune',
    settings: { ...smallSettings, ...settings },
    classes,
    cache: { folder: cache.folder, valuesPerRow: cache.valuesPerRow },
    train: photos('a', 30, variants),
    validation: photos('b', 9, 1),
    head: { kernel: new Float32Array(size * classes), bias: new Float32Array(classes) },
    lastEpoch: null,
    checkpoint: join(folder, 'fine-tune.checkpoint'),
  };
}

function features(id: string, variant: number, label: number): Float32Array {
  const random = randomFor('features', id, variant);
  return Float32Array.from(
    { length: side * side * channels },
    (_, i) => random() + (i % channels === label ? 0.5 : 0),
  );
}

function weight(name: string, shape: number[]): Weight {
  const random = randomFor('weight', name);
  const length = shape.reduce((product, extent) => product * extent, 1);
  return { shape, data: Float32Array.from({ length }, () => random() - 0.3) };
}

/** The largest difference in any tensor, as a share of its largest value where that is above 1. */
export function largestDifference(a: Map<string, Float32Array>, b: Map<string, Float32Array>): number {
  const largest = (values: Float32Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const shares = [...new Set([...a.keys(), ...b.keys()])].map((name) => {
    const [mine = Float32Array.of(NaN), other] = [a.get(name), b.get(name)];
    return largest(mine.map((value, i) => value - (other?.[i] ?? NaN))) / Math.max(1, largest(mine));
  });
  return Math.max(...shares);
}
