import { setImmediate } from 'node:timers/promises';
import type { Step } from '../../contract/index.ts';
import type { FeatureCache } from '../features/feature-cache.ts';
import { fitOf, type Fit } from '../head/softmax.ts';
import { targetsOf, type Targets } from '../head/targets.ts';
import { randomFor } from '../random.ts';
import { dropoutMask, epochBatches, type Shown } from './epoch-batches.ts';
import { EpochMeter } from './epoch-meter.ts';
import { mixup } from './mixup.ts';
import { learningRateAt } from './schedule.ts';
import type { TailInput } from './tail-input.ts';
import type { TailBatch, TrainableTail } from './trainable-tail.ts';

/**
 * One pass over the training photos (epoch 0 is the first). Yields at most 20 steps a second and gives the mean loss and
 * accuracy of the photos as they were seen. Lets other work in between two steps, and throws the signal's reason there.
 */
export async function* trainEpoch(
  tail: TrainableTail,
  cache: FeatureCache,
  input: TailInput,
  epoch: number,
  signal: AbortSignal,
): AsyncGenerator<Step, Fit, void> {
  const { stage, settings, train } = input;
  const variants = train.rows.length / train.ids.length;
  const batches = epochBatches(train.ids, { ...settings, epoch, variants });
  const schedule = { ...settings, steps: settings.epochs * batches.length };
  const targets = targetsOf(train.labels, input.classes, settings);
  const photosLeft = ((input.lastEpoch ?? settings.epochs) - epoch) * train.ids.length;
  const meter = new EpochMeter(epoch, batches.length, photosLeft);
  for (const [index, shown] of batches.entries()) {
    await setImmediate();
    signal.throwIfAborted();
    const step = epoch * batches.length + index;
    const read = readBatch(cache, train.rows, variants, shown, targets);
    const batch = mixup(read, shown.length, settings.mixup, randomFor('mixup', settings.seed, step));
    const dropout = dropoutMask(shown.length * tail.embeddingSize, settings.dropout, settings.seed, step);
    const logits = tail.step({ ...batch, dropout }, learningRateAt(step, schedule), step);
    const labels = shown.map(({ photo }) => train.labels[photo] ?? 0);
    const event = meter.take(fitOf(logits, labels), shown.length);
    if (event) yield { ...event, stage };
  }
  return meter.fit;
}

function readBatch(
  cache: FeatureCache,
  rows: Int32Array,
  variants: number,
  shown: readonly Shown[],
  { targets, weights }: Targets,
): Omit<TailBatch, 'dropout'> {
  const classes = targets.length / weights.length;
  return {
    features: cache.readHalf(shown.map(({ photo, variant }) => rows[photo * variants + variant] ?? -1)),
    targets: Float32Array.from(
      { length: shown.length * classes },
      (_, at) => targets[(shown[Math.floor(at / classes)]?.photo ?? 0) * classes + (at % classes)] ?? 0,
    ),
    weights: Float32Array.from(shown, ({ photo }) => weights[photo] ?? 0),
  };
}
