import { readdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { LabTrainResult } from '../contract/index.ts';
import { Place } from './cli-fixture.ts';

const place = new Place();
afterAll(() => place[Symbol.dispose]());

const short = ['--limit', '500', '--epochs', '1'];

test(
  'lab train: digits are learned from scratch, judged and kept; the list knows of it',
  { tags: ['native'] },
  async () => {
    const args = [
      'lab',
      'train',
      'lenet-5',
      '--data',
      'mnist',
      ...short,
      '--seed',
      '7',
      '--optimizer',
      'adamw',
    ];
    const { code, last, lines } = await place.json(args);
    expect(code).toBe(0);
    const result = LabTrainResult.parse(last);
    expect(result).toMatchObject({
      network: 'lenet-5',
      photos: { train: 500, validation: 6000, test: 10_000 },
      settings: { seed: 7, epochs: 1, optimizer: 'adam', weightDecay: 0.01 },
    });
    expect(lines.filter(({ kind }) => kind === 'epoch')).toHaveLength(1);
    expect(readdirSync(place.path('data/lab'))).toEqual([result.id]);
    const { stdout } = await place.run(['lab', 'list']);
    expect(stdout).toContain(result.id);
  },
);

test(
  'lab train: a folder of photos keeps a project, and people are told how it came out',
  { tags: ['native'] },
  async () => {
    place.photos('photos', ['fish', 'windmill'], 12);
    const { code, stdout, stderr } = await place.run([
      ...['lab', 'train', 'resnet-18', '--data', 'photos', '--epochs', '1', '--augment', 'off'],
      ...['--input-size', '32', '--width', '0.1', '--batch', '8'],
    ]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('epoch 1 of 1')]);
    expect(stdout).toMatch(
      /^ResNet-18, 32 × 32 × 3, [\d,]+ parameters\.\nphotos.*: learned from \d+ images in 1 epoch\./,
    );
    expect(stdout).toMatch(/^Accuracy \d+\.\d % on \d+ images? it never saw, \d+ wrong/m);
  },
);

test('lab train: what can not be is refused', async () => {
  const unknown = await place.json(['lab', 'train', 'lenet-6', '--data', 'mnist']);
  expect([unknown.code, unknown.last['code']]).toEqual([1, 'NOT_FOUND']);
  const wrong = await place.json(['lab', 'train', 'lenet-5', '--augment', 'perhaps']);
  expect([wrong.code, wrong.last['code']]).toEqual([2, 'USAGE']);
  const many = await place.json(['lab', 'train', 'lenet-5', '--epochs', 'many']);
  expect(many.last).toMatchObject({ code: 'USAGE', met: expect.stringContaining('--epochs') });
});
