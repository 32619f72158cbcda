import { expect, test } from 'vitest';
import { nextRung, noticeOfStep, type Rung } from './next-rung.ts';

test('it goes by parts of the batch, up the cuts, to a smaller backbone, to the head, and each step is said', () => {
  const way: string[] = [];
  let rung: Rung = { backbone: 'efficientnet-lite2', cut: 'block16', photosAtOnce: 64 };
  for (let next = nextRung(rung); next; next = nextRung(next)) {
    way.push(`${next.backbone} ${next.cut} ${next.photosAtOnce}: ${noticeOfStep(rung, next, true).message}`);
    rung = next;
  }
  const parts = (n: number) =>
    `efficientnet-lite2 block16 ${n}: Memory ran out: the photos of a batch go through ${n} at a time. The model is the same, training takes longer.`;
  expect(way).toEqual([
    ...[32, 16, 8, 4].map(parts),
    'efficientnet-lite2 block19 4: Memory ran out: fewer layers learn, only the last stage (block 20).',
    'efficientnet-lite2 block20 4: Memory ran out: fewer layers learn, only the last convolution.',
    'efficientnet-lite0 block15 4: Memory ran out: the smaller EfficientNet-Lite0 is the backbone, and the last convolution learns.',
    'efficientnet-lite0 null 4: Memory ran out: only the last layer learns.',
  ]);
});

test('only what changes the model is told apart as such', () => {
  const rung: Rung = { backbone: 'efficientnet-lite0', cut: 'block14', photosAtOnce: 5 };
  const smaller = { ...rung, photosAtOnce: 3 };
  expect(nextRung(rung)).toEqual(smaller);
  expect(noticeOfStep(rung, smaller, true).code).toBe('LESS_AT_ONCE');
  expect(noticeOfStep(smaller, nextRung(smaller) ?? rung, true).code).toBe('LESS_LEARNS');
});

test('below three or four photos at once the cut moves up', () => {
  const one: Rung = { backbone: 'efficientnet-lite0', cut: 'block11', photosAtOnce: 1 };
  expect(nextRung(one)).toEqual({ ...one, cut: 'block14' });
});
