import { expect, test } from 'vitest';
import { ScenelabError } from '../../contract/index.ts';
import { layerText } from './layer-text.ts';
import { parseLayers } from './parse-layers.ts';

test('a line of text becomes layers, one reading the other', () => {
  const layers = parseLayers('conv 100 3x3/2 same relu, pool max 2x2/2, lrn, dropout 0.5, flatten, dense 10');
  expect(layers.map(({ name }) => name)).toEqual([
    'conv1',
    'pool1',
    'lrn1',
    'dropout1',
    'flatten1',
    'dense1',
  ]);
  expect(layers.map(({ inputs }) => inputs[0])).toEqual([
    'image',
    'conv1',
    'pool1',
    'lrn1',
    'dropout1',
    'flatten1',
  ]);
  expect(layers[0]?.spec).toEqual({
    kind: 'conv',
    filters: 100,
    size: [3, 3],
    stride: [2, 2],
    padding: 'same',
    bias: true,
    activation: 'relu',
  });
});

test("what is left out is Keras's default", () => {
  const [conv, pool] = parseLayers('CONV 8 5×3, pool average 2').map(({ spec }) => spec);
  expect(conv).toMatchObject({ size: [5, 3], stride: [1, 1], padding: 'valid', activation: null });
  expect(pool).toEqual({ kind: 'average-pool', size: [2, 2], stride: [2, 2], padding: 'valid' });
});

test('layers written as text are read as the same layers', () => {
  const text =
    'conv 8 3x3/2 same nobias, norm nogain, relu6, depthwise 3x1/2x1 valid tanh, pool max 3x3/2 same, lrn, pool global, dropout 0.25, dense 10 nobias softmax';
  expect(
    parseLayers(text)
      .map(({ spec }) => layerText(spec))
      .join(', '),
  ).toBe(text);
});

test.each([
  ['', /Layer 1 ends at character 1; expected one of conv, /],
  ['conv 8 3x3, ', /Layer 2 ends at character 12; expected one of conv/],
  ['conv 8 3x3,,dense 2', /Layer 2 ends at character 12/],
  ['convolution 8', /Layer 1 \(convolution 8\) has "convolution" at character 1; expected one of conv/],
  ['conv 3x3', /has "3x3" at character 6; expected a number of filters/],
  ['conv 8', /ends at character 7; expected a window such as 3x3/],
  [
    'dense 10, pool maxi 2x2',
    /Layer 2 \(pool maxi 2x2\) has "maxi" at character 16; expected max, average or global/,
  ],
  ['conv 8 3x3/0', /"3x3\/0"/],
  ['conv 8 3x3 relu same', /has "same" at character 17; expected a comma before the next layer, or the end/],
  ['dropout 1', /has "1" at character 9; expected a share below 1/],
  ['dense -3', /has "-3"/],
])('"%s" says what was met, where, and what was expected', (text, message) => {
  expect(() => parseLayers(text)).toThrow(ScenelabError);
  expect(() => parseLayers(text)).toThrow(message);
});
