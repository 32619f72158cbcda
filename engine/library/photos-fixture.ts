import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { z } from 'zod';
import type { ImportInput, ImportResult, Notice, Progress } from '../../contract/index.ts';
import { importPhotos } from '../imports/import-photos.ts';
import { randomFor } from '../random.ts';
import type { Library } from './library.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** An empty folder of its own for a test; gone when the tests of its file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scenelab-library-'));
  folders.push(folder);
  return folder;
}

/**
 * Writes a real photo (BMP, 72 × 64, of grey tiles) that has no near-duplicate among those of other seeds. `brightness` makes
 * other bytes of nearly the same picture.
 */
export function writePhoto(path: string, seed: number, brightness = 0): string {
  const [width, height, header] = [72, 64, 54];
  const bytes = Buffer.alloc(header + width * height * 3);
  bytes.write('BM', 'latin1');
  for (const [at, value] of [
    [2, bytes.length],
    [10, header],
    [14, 40],
    [18, width],
    [22, height],
    [26, 1 | (24 << 16)],
  ] as const)
    bytes.writeUInt32LE(value, at);
  const random = randomFor('test photo', seed);
  const tiles = Array.from({ length: 72 }, () => 20 + 200 * random());
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const grey = (tiles[(y >> 3) * 9 + (x >> 3)] ?? 0) + brightness;
      bytes.fill(grey, header + 3 * (y * width + x), header + 3 * (y * width + x + 1));
    }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** Imports folders to the end; hands every event to `hear`. */
export async function takePhotos(
  library: Library,
  folders: string[],
  more: Partial<ImportInput> = {},
  hear: (event: Progress | Notice) => void = () => {},
): Promise<ImportResult> {
  const run = importPhotos(library, { nested: 'flatten', groupByFolder: false, ...more, folders });
  for (let next = await run.next(); ; next = await run.next()) {
    if (next.done) return next.value;
    hear(next.value);
  }
}

const storedRow = z.object({
  id: z.string(),
  path: z.string(),
  label: z.string().nullable(),
  split: z.string().nullable(),
});

/** What the library has stored, in the order of the paths: a row for each photo that is still somewhere. */
export function storedPhotos(library: Library): z.infer<typeof storedRow>[] {
  return library.all(
    storedRow,
    `SELECT photos.id, min(path) AS path, labels.name AS label, split
     FROM photos JOIN locations ON locations.photo = photos.id LEFT JOIN labels ON labels.number = photos.label
     WHERE locations.missing = 0 GROUP BY photos.id ORDER BY path`,
  );
}
