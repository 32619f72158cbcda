import { expect, it } from 'vitest';
import { judgeBalance } from './balance.ts';

const labels = (counts: Record<string, number>) =>
  Object.entries(counts).map(([name, photos], colour) => ({ name, colour, photos }));

it('is silent about labels of like size', () => {
  expect(judgeBalance(labels({ beach: 60, city: 40 }))).toBeNull();
});
it('asks for a second label', () => expect(judgeBalance(labels({ beach: 60 }))).toEqual({ kind: 'one' }));
it('names the label with too few photos', () => {
  expect(judgeBalance(labels({ beach: 60, forest: 19 }))).toMatchObject({
    kind: 'few',
    label: { name: 'forest' },
  });
});
it('names labels that are far apart', () => {
  expect(judgeBalance(labels({ beach: 260, city: 50 }))).toMatchObject({ kind: 'uneven', times: 5 });
});
it('says nothing of labels that nobody uses yet', () => {
  expect(judgeBalance(labels({ beach: 60, city: 40, fog: 0 }))).toBeNull();
  expect(judgeBalance([])).toBeNull();
});
