import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { SkipError } from './skip-error.ts';
import { readWorkingCopy } from './working-copy.ts';

const folder = join(import.meta.dirname, '../../../shared/photos/bad');
const groups = ['unreadable', 'odd_but_readable', 'not_our_formats'];

/** Whether a file's manifest tags it with an orientation that swaps width and height. */
function taggedTurned(): Map<string, boolean> {
  const rows = readFileSync(join(folder, 'MANIFEST.csv'), 'utf8').trim().split('\n').slice(1);
  return new Map(rows.map((row) => [row.split(',')[1] ?? '', /orient[5-8]/.test(row)]));
}

test.skipIf(!existsSync(folder))(
  'every awkward photo is taken upright or skipped with a reason',
  async () => {
    const turned = taggedTurned();
    const outcomes = new Map<string, number>();
    for (const group of groups)
      for (const file of readdirSync(join(folder, group))) {
        const outcome = await read(join(folder, group, file), turned.get(file) ?? false);
        outcomes.set(`${group} ${outcome}`, (outcomes.get(`${group} ${outcome}`) ?? 0) + 1);
      }
    expect(Object.fromEntries(outcomes)).toEqual({
      'unreadable DAMAGED': 32,
      'unreadable TRUNCATED': 15,
      'unreadable NOT_A_PHOTO': 4,
      'unreadable TOO_LARGE': 2,
      'unreadable NO_PREVIEW': 1,
      'odd_but_readable taken': 106,
      'odd_but_readable DAMAGED': 3,
      'odd_but_readable TRUNCATED': 1,
      'not_our_formats taken': 22,
      'not_our_formats NO_PREVIEW': 6,
      'not_our_formats DAMAGED': 3,
    });
  },
);

async function read(path: string, turned: boolean): Promise<string> {
  try {
    const { image, width, height, format } = await readWorkingCopy(path);
    const found = await sharp(image).metadata();
    expect({ path, format: found.format, space: found.space, channels: found.channels }).toEqual({
      path,
      format: 'jpeg',
      space: 'srgb',
      channels: 3,
    });
    expect(Math.max(found.width, found.height)).toBe(Math.min(512, Math.max(width, height)));
    if (turned && format !== 'avif') {
      const stored = await sharp(path).metadata();
      expect([path, width, height]).toEqual([path, stored.height, stored.width]);
    }
    return 'taken';
  } catch (error) {
    if (!(error instanceof SkipError)) throw error;
    expect(error.reason).toMatch(/^[A-Z].*\.$/);
    return error.code;
  }
}
