import { beforeAll, expect, test } from 'vitest';
import { startRuntime } from '../tensorflow/index.ts';
import { buildInceptionV3 } from './inception-v3.ts';

beforeAll(() => startRuntime());

// The two figures that keras.applications.InceptionV3().count_params() gives, with and without the top.
test.each([
  [1000, 23_851_784],
  [0, 21_802_784],
])('with %i classes it has the %i parameters of Keras', (classes, parameters) => {
  const model = buildInceptionV3(classes);
  expect(model.countParams()).toBe(parameters);
  model.dispose();
});

test('its grids and channels are those of Keras', () => {
  const model = buildInceptionV3();
  const shapeOf = (name: string) => model.getLayer(name).outputShape.slice(1);
  expect(shapeOf('stem5-pool')).toEqual([35, 35, 192]);
  expect(['mixed0', 'mixed1', 'mixed2'].map(shapeOf)).toEqual([256, 288, 288].map((c) => [35, 35, c]));
  expect(['mixed3', 'mixed7'].map(shapeOf)).toEqual([768, 768].map((c) => [17, 17, c]));
  expect(['mixed8', 'mixed9', 'mixed10'].map(shapeOf)).toEqual([1280, 2048, 2048].map((c) => [8, 8, c]));
  expect(shapeOf('embedding')).toEqual([2048]);
  model.dispose();
});

test('batch norm has no gain', () => {
  const model = buildInceptionV3();
  expect(model.weights.filter(({ originalName }) => originalName.endsWith('/gamma'))).toEqual([]);
  model.dispose();
});
