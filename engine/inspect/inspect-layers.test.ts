import { expect, test } from 'vitest';
import type { Remedy } from '../../contract/index.ts';
import { inspectLayers, type LayersQuestion } from './inspect-layers.ts';
import { parseLayers } from './parse-layers.ts';

const exercise = 'conv 100 3x3/2 same, conv 200 3x3/2 same, conv 400 3x3/2 same';
const inspect = (text: string, more: Partial<LayersQuestion> = {}) =>
  inspectLayers({
    name: '',
    layers: parseLayers(text),
    input: [200, 300, 3],
    batch: 50,
    dtype: 'float32',
    remedies: [],
    ...more,
  });

test('the exercise of the course, to the byte', () => {
  const { parameters, layers, memory } = inspect(exercise);
  expect(layers.map(({ parameters }) => parameters)).toEqual([2_800, 180_200, 720_400]);
  expect(layers.map(({ outputShape }) => outputShape)).toEqual([
    [100, 150, 100],
    [50, 75, 200],
    [25, 38, 400],
  ]);
  expect(layers.map(({ outputBytes }) => outputBytes)).toEqual([6_000_000, 3_000_000, 1_520_000]);
  expect(parameters).toBe(903_400);
  expect(memory).toMatchObject({ parametersBytes: 3_613_600, predictionBytes: 12_613_600 });
  expect(memory.training).toEqual({
    activationsBytes: 526_000_000,
    inputsBytes: 36_000_000,
    parametersBytes: 3_613_600,
    gradientsBytes: 3_613_600,
    optimizerBytes: 7_227_200,
  });
  expect(memory.trainingBytes).toBe(576_454_400);
  // Widest at the second layer: maps of the first and second, and the gradients of both; the third's are gone.
  expect(memory.peakBytes - memory.trainingBytes).toBe(50 * 4 * (2 * 2_250_000 - 2_630_000));
});

test('multiply-adds are those of convolutions and dense layers', () => {
  const { layers, multiplyAdds } = inspect('conv 8 3x3/2 same, depthwise 3x3 same, pool global, dense 10', {
    input: [8, 8, 3],
  });
  expect(layers.map(({ multiplyAdds }) => multiplyAdds)).toEqual([16 * 27 * 8, 16 * 9 * 8, 0, 80]);
  expect(multiplyAdds).toBe(16 * 27 * 8 + 16 * 9 * 8 + 80);
});

test('float16 halves what is computed with; the optimizer keeps float32', () => {
  const [full, half] = [inspect(exercise), inspect(exercise, { dtype: 'float16' })];
  expect(half.memory.predictionBytes).toBe(full.memory.predictionBytes / 2);
  expect(half.memory.training.activationsBytes).toBe(263_000_000);
  expect(half.memory.training.optimizerBytes).toBe(903_400 * 12);
});

test('batch norm has two trained parameters and two statistics a channel', () => {
  const { parameters, trainableParameters } = inspect('conv 100 3x3 same nobias, norm, relu');
  expect([parameters, trainableParameters]).toEqual([2_700 + 400, 2_700 + 200]);
});

test('a dense layer on maps reads all their values', () => {
  const { layers } = inspect('pool max 2x2, dense 10', { input: [28, 28, 1] });
  expect(layers.map(({ kind }) => kind)).toEqual(['max-pool', 'flatten', 'dense']);
  expect(layers[2]?.parameters).toBe(14 * 14 * 10 + 10);
});

test('each remedy says what it saves and what it costs', () => {
  const effects = new Map(inspect(exercise).remedies.map((effect) => [effect.remedy, effect]));
  expect(effects.get('smaller-batch')).toMatchObject({ savesBytes: 281_000_000, work: 1 });
  expect(effects.get('second-device')).toMatchObject({ savesBytes: 281_000_000 });
  expect(effects.get('fewer-layers')?.savesBytes).toBe(50 * 1_520_000 + 4 * 720_400 * 4);
  // Only the second layer's maps are kept; the first's are computed again.
  expect(effects.get('recompute')).toMatchObject({ savesBytes: 50 * 1_520_000 });
  expect(effects.get('recompute')?.work).toBeCloseTo(4 / 3);
  expect(effects.get('float16')?.savesBytes).toBe(281_000_000 - 0);
  expect(effects.get('larger-stride')?.work).toBeCloseTo(0.25, 1);
});

test('a remedy that is on is part of the answer', () => {
  const remedies: Remedy[] = ['smaller-batch', 'fewer-layers'];
  const { batch, batchOnDevice, layers, memory, remedies: effects } = inspect(exercise, { remedies });
  expect([batch, batchOnDevice, layers.length]).toEqual([50, 25, 2]);
  expect(memory.training.activationsBytes).toBe(25 * 9_000_000);
  expect(effects.filter(({ on }) => on).map(({ remedy }) => remedy)).toEqual(remedies);
});

test('a remedy that a network can not have says why', () => {
  const { remedies } = inspect('flatten, dense 10', { batch: 1 });
  const obstacles = remedies.filter(({ obstacle }) => obstacle !== null).map(({ remedy }) => remedy);
  expect(obstacles).toEqual(['smaller-batch', 'larger-stride', 'fewer-layers', 'second-device']);
});

test('recomputing keeps about the square root of a deep chain', () => {
  const deep = Array.from({ length: 100 }, () => 'conv 3 3x3 same').join(', ');
  const plain = inspect(deep).memory.training.activationsBytes;
  const again = inspect(deep, { remedies: ['recompute'] }).memory.training.activationsBytes;
  expect(again / plain).toBeLessThan(0.21);
});

test('a window that does not fit says which layer and over what', () => {
  expect(() => inspect('conv 8 3x3, conv 8 9x9', { input: [8, 8, 1] })).toThrow(
    /conv2 moves a window of 9 × 9 over maps of 6 × 6/,
  );
  expect(() => inspect('flatten, conv 8 3x3')).toThrow(/conv1 reads 180000 values/);
});
