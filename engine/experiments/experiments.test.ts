import { expect, test } from 'vitest';
import { ExperimentId } from '../../contract/index.ts';
import { measureLayers } from '../inspect/measure-layers.ts';
import { digitExperiments, listExperiments } from './experiments.ts';
import { layersOf } from './plan-digit-trials.ts';
import { networkOfDepth } from './skip-connections.ts';

const info = (id: ExperimentId) => listExperiments().find((each) => each.id === id);
const parametersOf = (id: ExperimentId) =>
  (info(id)?.arms ?? []).map(({ network }) => network?.parameters ?? NaN);
const withinTwoPercent = (one = NaN, other = NaN) => Math.abs(one / other - 1) < 0.02;

test('every experiment is there once', () => {
  expect(listExperiments().map(({ id }) => id)).toEqual(ExperimentId.options);
});

test('the dense network has as many parameters as the convolutional one', () => {
  const [dense, convolutional] = parametersOf('dense-or-convolutional');
  // By hand: 784 · 125 + 125 + 125 · 10 + 10; 416 + 12,832 + 7 · 7 · 32 · 54 + 54 + 550.
  expect([dense, convolutional]).toEqual([99_385, 98_524]);
  expect(withinTwoPercent(dense, convolutional)).toBe(true);
});

test('no other experiment gives one side more to learn with than the other', () => {
  for (const { id } of digitExperiments) {
    const [one, ...others] = parametersOf(id);
    for (const other of others)
      expect(withinTwoPercent(one, other) || id === 'skip-connections', id).toBe(true);
  }
});

test('networks answer with a logit for each digit, wherever the axis leads', () => {
  for (const { id, arms, quick, full } of digitExperiments)
    for (const x of [...quick.values, ...full.values])
      for (const arm of arms) {
        const layers = measureLayers(layersOf(arm, x), [28, 28, 1]);
        expect(layers.at(-1), id).toMatchObject({ shape: [10], spec: { kind: 'dense', activation: null } });
      }
});

test('what is asked has answers: arms and places that there are, with few digits and with all', () => {
  for (const { arms, questions, quick, full } of digitExperiments)
    for (const { arm, against, at = [] } of questions) {
      const ids = arms.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([arm, against]));
      for (const { values } of [quick, full]) expect(values).toEqual(expect.arrayContaining([...at]));
    }
});

test.each([8, 14, 20, 32])('a network %d deep has so many layers that learn, skips or not', (depth) => {
  const [plain, residual] = [false, true].map((skips) => networkOfDepth(depth, { skips }));
  const deep = (layers: typeof plain = []) =>
    layers.filter(
      ({ spec, name }) => (spec.kind === 'conv' || spec.kind === 'dense') && !name.includes('shortcut'),
    );
  expect([deep(plain).length, deep(residual).length]).toEqual([depth, depth]);
  const [own, more] = [plain, residual].map((layers = []) =>
    measureLayers(layers, [28, 28, 1]).reduce((sum, { trainable }) => sum + trainable, 0),
  );
  // Two shortcuts where maps are halved: kernels 8 · 16 and 16 · 32, a gain and an offset for each map.
  expect((more ?? NaN) - (own ?? NaN)).toBe(8 * 16 + 32 + 16 * 32 + 64);
});

test('a side is known by its id alone, whatever the experiment', () => {
  const ids = listExperiments().flatMap(({ arms }) => arms.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});
