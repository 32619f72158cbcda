import { expect, test } from 'vitest';
import { argmax } from '../evaluation/argmax.ts';
import { shapes } from '../gradient-descent/shapes-fixture.ts';
import { inputFor } from './input-for.ts';
import type { LabelledImages } from './labelled-images.ts';
import { settingsFor, variationFor } from './recipes.ts';
import { trainLabTask, type LabTask } from './train-lab-task.ts';

const side = 28;
const classNames = ['disc', 'lying bar', 'standing bar'];

async function drawn(name: string, count: number): Promise<LabelledImages> {
  const { labels, pixels } = shapes(name, count, side);
  const all = await pixels(Int32Array.from(labels.keys()), null);
  return { shape: [side, side, 1], classNames, labels, pixels: all };
}

const few = await drawn('few', 90);
const many = await drawn('training', 300);
const others = await drawn('test', 90);

function task(network: string, sets: Pick<LabTask['sets'], 'train' | 'test'>, epochs: number): LabTask {
  const settings = settingsFor(network, 'mnist', { epochs, batchSize: 15, labelSmoothing: 0 });
  const input = inputFor(network, settings.inputSize, 1);
  const size = { id: network, network, input, width: settings.width, classes: classNames.length };
  const variation = settings.augment ? variationFor(network, 'mnist') : null;
  return { ...size, settings, variation, sets: { ...sets, validation: null } };
}

async function learned(task: LabTask): Promise<{ seen: number; losses: number[]; accuracy: number }> {
  for (const run = trainLabTask(task, new AbortController().signal); ;) {
    const { done, value } = await run.next();
    if (!done) continue;
    const { labels } = task.sets.test;
    const right = labels.filter(
      (label, i) => argmax(value.probabilities.subarray(3 * i, 3 * i + 3)) === label,
    );
    const losses = value.history.map(({ loss }) => loss);
    return { seen: value.seen, losses, accuracy: right.length / labels.length };
  }
}

async function learnsByItsRecipe(id: string): Promise<void> {
  const { seen, losses } = await learned(task(id, { train: few, test: few }, 3));
  expect(seen).toBe(3 * few.labels.length);
  expect(losses.at(-1)).toBeLessThan(losses[0] ?? NaN);
}

test('the dense network learns from scratch by its recipe', () => learnsByItsRecipe('dense-network'));

test.each(['lenet-5', 'alexnet', 'googlenet', 'resnet-18', 'course-network', 'deep-digits'])(
  '%s learns from scratch by its recipe',
  { tags: ['native'] },
  learnsByItsRecipe,
);

// MobileNet v2 learns 240 pictures by heart and then tells no others apart: it lacks variety, which its recipe gives.
test.each([
  ['lenet-5', 5],
  ['deep-digits', 5],
  ['resnet-18', 5],
  ['mobilenet-v2', 10],
])('%s tells pictures apart that it never saw', { tags: ['native'] }, async (id, epochs) => {
  const { accuracy } = await learned(task(id, { train: many, test: others }, epochs));
  expect(accuracy).toBeGreaterThan(0.6);
});
