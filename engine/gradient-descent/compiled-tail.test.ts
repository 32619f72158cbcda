// @module-tag native
import { beforeAll, expect, test } from 'vitest';
import { loadBackbone } from '../backbones/index.ts';
import { subgraph, type InferenceGraph } from '../graph/index.ts';
import type { HeadWeights } from '../head/head.ts';
import { randomFor } from '../random.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { openCompiledTail } from './compiled-tail.ts';
import { openEagerTail } from './eager-tail.ts';
import type { OptimizerSettings } from './optimizer.ts';
import { largestDifference, smallTail } from './tail-fixture.ts';
import type { TailBatch, TrainableTail } from './trainable-tail.ts';

beforeAll(() => startRuntime({ kind: 'native' }));

const [classes, photos] = [3, 5];
const rules: OptimizerSettings[] = [
  { optimizer: 'adam', momentum: 0, weightDecay: 0.05 },
  { optimizer: 'adam', momentum: 0, weightDecay: 0 },
  { optimizer: 'sgd', momentum: 0.9, weightDecay: 0.05 },
];

function numbers(name: string, length: number): Float32Array {
  const random = randomFor(name);
  return Float32Array.from({ length }, () => random() - 0.5);
}

function headOf(size: number): HeadWeights {
  return { kernel: numbers('kernel', size * classes), bias: numbers('bias', classes) };
}

function batchOf(graph: InferenceGraph, size: number, step: number): TailBatch {
  const values = graph.nodes[0]?.shape.reduce((product, extent) => product * extent, photos) ?? 0;
  const isTrue = (i: number) => Math.floor(i / classes) % classes === i % classes;
  return {
    features: new Float16Array(numbers(`features ${step}`, values).map((value) => 4 * value)),
    targets: Float32Array.from({ length: photos * classes }, (_, i) => (isTrue(i) ? 0.9 : 0.05)),
    weights: Float32Array.from({ length: photos }, (_, i) => 0.6 + 0.2 * i),
    dropout: step === 1 ? null : numbers(`dropout ${step}`, photos * size).map((x) => (x < 0.3 ? 1.25 : 0)),
  };
}

/** Takes some steps, then gives all there is to know: logits of every step and of an evaluation, weights and slots. */
function outcome(
  tail: TrainableTail,
  graph: InferenceGraph,
  learningRate = 0.02,
  from = 0,
): Map<string, Float32Array> {
  const found = new Map<string, Float32Array>();
  for (let step = from; step < 6; step++)
    found.set(`step ${step}`, tail.step(batchOf(graph, tail.embeddingSize, step), learningRate, step));
  found.set('evaluation', tail.logits(batchOf(graph, tail.embeddingSize, 6).features));
  for (const [name, { data }] of [...tail.weights(), ...tail.slots()]) found.set(name, data);
  tail[Symbol.dispose]();
  return found;
}

test.each(rules)(
  'steps with $optimizer and weight decay $weightDecay are those of the eager tail',
  async (rule) => {
    const eager = outcome(openEagerTail(smallTail, headOf(6), rule), smallTail);
    const compiled = outcome(await openCompiledTail(smallTail, headOf(6), rule), smallTail);
    expect(largestDifference(compiled, eager)).toBeLessThan(1e-5);
  },
);

test.each(rules)('a batch in parts makes the same step with $optimizer', async (rule) => {
  const whole = outcome(await openCompiledTail(smallTail, headOf(6), rule), smallTail);
  const inParts = outcome(await openCompiledTail(smallTail, headOf(6), rule, 2), smallTail);
  expect(largestDifference(inParts, whole)).toBeLessThan(1e-5);
});

test('the last blocks of EfficientNet-Lite0 learn as they do step by step', async () => {
  const { graph } = await loadBackbone('efficientnet-lite0');
  const tail = subgraph(graph, 'block11', ['embedding']);
  const sgd: OptimizerSettings = { optimizer: 'sgd', momentum: 0.9, weightDecay: 1e-3 };
  const eager = outcome(openEagerTail(tail, headOf(1280), sgd), tail, 1e-3, 3);
  const compiled = outcome(await openCompiledTail(tail, headOf(1280), sgd), tail, 1e-3, 3);
  expect(largestDifference(compiled, eager)).toBeLessThan(1e-5);
});

test('what one tail held, another takes over', async () => {
  const [rule] = rules;
  if (!rule) throw new Error('no rule');
  const first = await openCompiledTail(smallTail, headOf(6), rule);
  for (let step = 0; step < 3; step++) first.step(batchOf(smallTail, 6, step), 0.02, step);
  const second = await openCompiledTail(smallTail, headOf(6), rule);
  second.restore(new Map([...first.weights(), ...first.slots()]));
  // Both are open: neither must see the other's variables.
  expect(outcome(second, smallTail, 0.02, 3)).toEqual(outcome(first, smallTail, 0.02, 3));
});

test('leaves no tensors behind', async () => {
  const before = tf.memory().numTensors;
  outcome(
    await openCompiledTail(smallTail, headOf(6), { optimizer: 'adam', momentum: 0, weightDecay: 0 }, 2),
    smallTail,
  );
  expect(tf.memory().numTensors).toBe(before);
});
