import { expect, test } from 'vitest';
import { baselineOf, measure } from '../evaluation/metrics.ts';
import { exampleSettings } from './fixture.ts';
import { modelCard, withUse } from './model-card.ts';
import type { ModelDetails, ModelInfo } from './trained-model.ts';

const model: ModelInfo = {
  name: 'holiday',
  classNames: ['beach', 'city | town'],
  framing: 'fit',
  pixelScale: { mean: 127, standardDeviation: 127 },
  backbone: 'efficientnet-lite0',
  unsureBelow: 0.6,
  trainingPhotos: [40, 31],
};
const truth = Int32Array.from([0, 0, 0, 1]);
const answers = Float32Array.from([0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.4, 0.6]);
const details: ModelDetails = {
  trainedAt: '2026-05-04T10:00:00.000Z',
  settings: exampleSettings,
  test: measure(answers, truth, model.classNames),
  baseline: baselineOf(Int32Array.from([0]), truth, model.classNames),
};
const card = modelCard(model, 224, details);

test('the card tells accuracy with interval and baseline, and that the figures are from before the refit', () => {
  expect(card).toContain('On 4 test photos that its training never saw: **accuracy 75.0 %**');
  expect(card).toContain('95 % interval 30.1 % to 95.4 %');
  expect(card).toContain('Always answering "beach" would score 75.0 %');
  expect(card).toContain('once more, in the same way, with the validation photos too');
});

test('every class has its row, whatever its name', () => {
  expect(card).toContain('| beach | 100.0 % | 66.7 % | 80.0 % | 0.667 | 3 |');
  expect(card).toContain('| city \\| town | 50.0 % | 100.0 % | 66.7 % | 0.667 | 1 |');
});

test('it says where the model fails and when not to believe it', () => {
  expect(card).toContain('- 1 of 3 photos of beach were taken for city | town.');
  expect(card).toContain('Fewer than 20 test photos, so figures that can be far off: beach, city | town.');
  expect(card).toContain('Take an answer below 60.0 % for "not sure".');
});

test('it says what the model was trained on and what it expects', () => {
  expect(card).toContain(
    'Photos: beach 40, city | town 31. Backbone efficientnet-lite0, fine-tuned from block11 on',
  );
  expect(card).toContain('centred on grey, 224 × 224 pixels');
});

test('without test photos nothing is claimed', () => {
  const none = measure(new Float32Array(0), new Int32Array(0), model.classNames);
  const text = modelCard(model, 224, { ...details, test: none });
  expect(text).toContain('how good it is, is not known');
  expect(text).not.toContain('made no mistake');
  expect(text).not.toContain('accuracy');
});

test('how it is used is replaced, not repeated', () => {
  const first = withUse(card, 'In the browser.');
  const second = withUse(first, 'In Python.');
  expect(first).toBe(`${card}\n\n## Use\n\nIn the browser.\n`);
  expect(second).toBe(`${card}\n\n## Use\n\nIn Python.\n`);
});
