import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ScenelabError } from '../contract/index.ts';
import { answerPhoto, parsePhotoAddress } from './photo-addresses.ts';

const photo = 'ab'.repeat(32);
const address = `photo://thumbnail/0123456789abcdef/${photo}`;
const folder = mkdtempSync(join(tmpdir(), 'scenelab-photo-'));
const file = join(folder, 'thumbnail.jpg');
beforeAll(() => writeFileSync(file, 'pixels'));
afterAll(() => rmSync(folder, { recursive: true }));

test('an address is a size, a project key and a photo id', () => {
  expect(parsePhotoAddress(address)).toEqual({ size: 'thumbnail', key: '0123456789abcdef', photo });
});

describe('what is no such address', () => {
  test.each([
    ['a path', `photo://thumbnail/0123456789abcdef//etc/passwd`],
    ['a path instead of an id', `photo://thumbnail/0123456789abcdef/..%2F..%2Fetc%2Fpasswd`],
    ['a path instead of a key', `photo://thumbnail/..%2F0123456789ab/${photo}`],
    ['another size', `photo://original/0123456789abcdef/${photo}`],
    ['a longer id', `${address}0`],
    ['an id with a query', `${address}?path=/etc/passwd`],
    ['another scheme', address.replace('photo', 'file')],
  ])('%s', async (_, wrong) => {
    expect(parsePhotoAddress(wrong)).toBeNull();
    const answer = await answerPhoto(wrong, () => Promise.resolve({ path: file }));
    expect(answer.status).toBe(400);
  });
});

test('the photo comes as a JPEG that may be kept for good', async () => {
  const answer = await answerPhoto(address, ({ key }) => Promise.resolve({ path: key ? file : '' }));
  expect(await answer.text()).toBe('pixels');
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toContain('immutable');
});

test('a photo that the engine does not know, or whose file is gone, is not found', async () => {
  const unknown = new ScenelabError('NOT_FOUND', 'There is no such photo', '', '');
  expect((await answerPhoto(address, () => Promise.reject(unknown))).status).toBe(404);
  const gone = () => Promise.resolve({ path: join(folder, 'gone.jpg') });
  expect((await answerPhoto(address, gone)).status).toBe(404);
});

test('any other failure is told as one', async () => {
  expect((await answerPhoto(address, () => Promise.reject(new Error('broken')))).status).toBe(500);
});
