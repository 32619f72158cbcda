import { expect, test } from 'vitest';
import { cornered, skipOf } from './fixtures.ts';
import { sniffFormat } from './sniff-format.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

test('pictures are known by their bytes', async () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)
    expect(sniffFormat(await cornered().toFormat(format).toBuffer())).toBe(format);
});

test('HEIC and AVIF are told apart by their brands, also where the first one is neutral', () => {
  expect(sniffFormat(latin1('\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toBe('heic');
  expect(sniffFormat(latin1('\0\0\0\x18ftypmif1\0\0\0\0mif1avif'))).toBe('avif');
  expect(sniffFormat(latin1('\0\0\0\x18ftypcrx \0\0\0\x01crx isom'))).toBe('raw');
});

test('what is a picture but can’t be read says which kind it is', async () => {
  const skip = await skipOf(() => sniffFormat(latin1('\xff\x0a\xfa\x1f')));
  expect(skip.code).toBe('UNSUPPORTED_FORMAT');
  expect(skip.reason).toContain('JPEG XL');
});

test('videos, documents and text are no photos', async () => {
  for (const bytes of ['\0\0\0\x18ftypmp42\0\0\0\0mp42isom', '%PDF-1.7', 'dear diary', 'B', '\0'])
    expect((await skipOf(() => sniffFormat(latin1(bytes)))).code).toBe('NOT_A_PHOTO');
});
