import { expect, test } from 'vitest';
import type { InspectedLayer } from '../../../../../contract/index.ts';
import { drawNetwork } from './network-drawing.ts';

const layer = (name: string, kind: string, inputs: string[], outputShape: number[]): InspectedLayer => ({
  name,
  kind,
  text: kind,
  inputs,
  outputShape,
  parameters: 0,
  multiplyAdds: 0,
  outputBytes: 0,
});

test('boxes stand from left to right, smaller maps lower, more channels wider', () => {
  const { boxes, links, width } = drawNetwork(
    [
      layer('conv1', 'conv', ['image'], [16, 16, 8]),
      layer('relu1', 'activation', ['conv1'], [16, 16, 8]),
      layer('conv2', 'conv', ['relu1'], [8, 8, 64]),
    ],
    [32, 32, 3],
  );
  expect(boxes.map(({ name }) => name)).toEqual(['image', 'conv1', 'conv2']);
  const [image, first, second] = boxes;
  expect(first?.text).toBe('conv, activation');
  expect(first?.x).toBeGreaterThan((image?.x ?? 0) + (image?.width ?? 0));
  expect(second?.height).toBeLessThan(first?.height ?? 0);
  expect(second?.width).toBeGreaterThan(first?.width ?? 0);
  expect((second?.x ?? 0) + (second?.width ?? 0)).toBeLessThan(width);
  expect(links.map(({ from, to }) => [from.name, to.name])).toEqual([
    ['image', 'conv1'],
    ['conv1', 'conv2'],
  ]);
});

test('branches lie above each other and no box covers another', () => {
  const { boxes, height } = drawNetwork(
    [
      layer('a', 'conv', ['image'], [8, 8, 8]),
      layer('b', 'conv', ['image'], [8, 8, 8]),
      layer('c', 'max-pool', ['image'], [8, 8, 3]),
      layer('all', 'concat', ['a', 'b', 'c'], [8, 8, 19]),
    ],
    [8, 8, 3],
  );
  const branches = boxes.filter(({ name }) => 'abc'.includes(name)).toSorted((a, b) => a.y - b.y);
  for (const [i, box] of branches.entries()) {
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(branches[i + 1]?.y ?? height);
  }
});
