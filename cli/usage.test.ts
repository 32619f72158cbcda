import { afterAll, expect, test } from 'vitest';
import { Place } from './cli-fixture.ts';

const place = new Place();
afterAll(() => place[Symbol.dispose]());

test('help has every verb, and every verb has examples', async () => {
  const { code, stdout } = await place.run(['--help']);
  expect(code).toBe(0);
  for (const verb of [
    'train',
    'import',
    'label',
    'undo',
    'evaluate',
    'predict',
    'export',
    'backbone',
    'inspect',
    'doctor',
  ])
    expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'));
  expect((await place.run(['predict', '--help'])).stdout).toContain('Examples:');
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test.each([
  ['nothing', []],
  ['an unknown verb', ['tarin', 'photos']],
  ['an unknown option', ['train', 'photos', '--epoch', '3']],
  ['a missing argument', ['predict', 'model']],
  ['a number that is none', ['train', 'photos', '--epochs', 'many']],
  ['half an epoch', ['train', 'photos', '--epochs', '2.5']],
  ['a number out of range', ['train', 'photos', '--dropout', '2']],
  ['a format that is none', ['export', 'project', '--format', 'zip', '--out', 'x']],
  ['an input that is none', ['inspect', 'inception-v3', '--input', '200']],
  ['two networks to inspect', ['inspect', 'lenet-5', '--layers', 'flatten']],
  ['layers that are none', ['inspect', '--layers', 'conv many']],
  ['an experiment that is none', ['lab', 'experiment', 'alchemy']],
  ['photos for an experiment on digits', ['lab', 'experiment', 'augmentation', '--photos', '.']],
  ['no runs of an experiment', ['lab', 'experiment', 'augmentation', '--seeds', '0']],
  ['moving to nowhere', ['predict', 'model', 'photos', '--move']],
  ['two options that exclude each other', ['label', 'project', '--from-csv', 'a', '--to-csv', 'b']],
])('%s is wrong usage: exit 2 and a word on stderr', async (_, args) => {
  const { code, stdout, stderr } = await place.run(args);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).not.toBe('');
  expect(stderr).not.toMatch(/^ +at /m);
});

test.each([
  [['train', 'photos', '--epochs', 'many'], '--epochs is "many"; expected a number. See --help.'],
  [['train', 'photos', '--dropout', '2'], '--dropout is "2"; expected at most 0.9. See --help.'],
  [
    ['export', 'project', '--out', 'x', '--format', 'onnx,zip'],
    '--format is "zip"; expected one of tfjs, tfjs-graph, savedmodel, onnx, tflite, keras. See --help.',
  ],
  [
    ['lab', 'maps', 'model'],
    "required option '--layer <name>' not specified\nSee `scenelab lab maps --help`.",
  ],
  [['label', 'project'], 'Neither --from-csv nor --to-csv; expected one of them. See --help.'],
])('%j is answered with what was met and what is expected', async (args, words) => {
  expect((await place.run(args)).stderr).toBe(`scenelab: ${words}\n`);
});

test('wrong usage has its line for programs too', async () => {
  const { code, last } = await place.json(['train', 'photos', '--epochs', 'many']);
  expect(code).toBe(2);
  expect(last).toMatchObject({ kind: 'error', code: 'USAGE', met: expect.stringContaining('--epochs') });
  expect((await place.json([])).last).toMatchObject({ code: 'USAGE', met: 'There is no verb' });
});

test('what is not there: exit 1, one line, no stack', async () => {
  const { code, stdout, stderr } = await place.run(['train', 'nowhere']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^scenelab: There is no folder .*nowhere; expected .*\n$/);
  const { last } = await place.json(['train', 'nowhere']);
  expect(last).toMatchObject({ kind: 'error', code: 'NOT_FOUND' });
});

test('--debug shows where a failure came from', async () => {
  const { stderr } = await place.run(['train', 'nowhere', '--debug']);
  expect(stderr).toMatch(/^ +at /m);
});

test('doctor says what it runs on', { tags: ['native'] }, async () => {
  const { code, lines, last } = await place.json(['doctor']);
  expect([code, lines.length]).toEqual([0, 1]);
  expect(last).toMatchObject({ kind: 'result', runtime: { kind: 'native' }, problems: [] });
});

test('the experiments are listed', async () => {
  const { stdout } = await place.run(['lab', 'experiment']);
  expect(stdout).toMatch(/^dense-or-convolutional +Dense or convolutional, .+ about 30 s/m);
});

test('the networks are listed', async () => {
  expect((await place.run(['inspect'])).stdout).toMatch(/^lenet-5 +LeNet-5 +32 × 32 × 1$/m);
});

test('the backbones are listed', async () => {
  const { stdout } = await place.run(['backbone', 'list']);
  expect(stdout).toMatch(/^efficientnet-lite0 +224 × 224 +1280 +1000 +Apache-2.0 +here/m);
});
