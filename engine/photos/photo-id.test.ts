import { expect, test } from 'vitest';
import { photoId } from './photo-id.ts';

test('a photo’s id is the SHA-256 of its bytes (FIPS 180-4, first example)', () => {
  expect(photoId(Buffer.from('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
