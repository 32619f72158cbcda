import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { countLabels } from './labels.ts';
import { openLibrary } from './open-library.ts';
import { storedPhotos, takePhotos, temporaryFolder, writePhoto } from './photos-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'holiday.scenelab');
});

/** Works on the project file behind the library's back. */
function meddle(sql: string): void {
  const database = new DatabaseSync(join(folder, 'project.db'));
  database.exec(sql);
  database.close();
}

test('makes a project only when asked to', () => {
  expect(() => openLibrary(folder)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  expect(existsSync(folder)).toBe(false);
  openLibrary(folder, { create: true })[Symbol.dispose]();
  using library = openLibrary(folder);
  expect(library.folder).toBe(folder);
});

test('makes none among things of another kind, one in an empty folder', () => {
  mkdirSync(join(folder, 'beach'), { recursive: true });
  expect(() => openLibrary(folder, { create: true })).toThrow(
    expect.objectContaining({ code: 'NOT_WRITABLE' }),
  );
  expect(readdirSync(folder)).toEqual(['beach']);
  rmdirSync(join(folder, 'beach'));
  openLibrary(folder, { create: true })[Symbol.dispose]();
});

test('leaves a project of a newer version as it is', () => {
  openLibrary(folder, { create: true })[Symbol.dispose]();
  meddle('PRAGMA user_version = 99');
  const before = readFileSync(join(folder, 'project.db'));
  expect(() => openLibrary(folder)).toThrow(expect.objectContaining({ code: 'PROJECT_TOO_NEW' }));
  expect(readFileSync(join(folder, 'project.db'))).toEqual(before);
});

test.each([
  ['no database at all', () => writeFileSync(join(folder, 'project.db'), 'my photos\n'.repeat(100))],
  ['the database of another program', () => meddle('CREATE TABLE songs (title TEXT)')],
  [
    'a database whose end is lost',
    () => {
      openLibrary(folder, { create: true })[Symbol.dispose]();
      truncateSync(join(folder, 'project.db'), statSync(join(folder, 'project.db')).size - 20_000);
    },
  ],
])('says that a project file is damaged when it is %s, and leaves it', (_, damage) => {
  mkdirSync(folder, { recursive: true });
  damage();
  const before = readFileSync(join(folder, 'project.db'));
  expect(() => openLibrary(folder, { create: true })).toThrow(
    expect.objectContaining({ code: 'PROJECT_CORRUPT' }),
  );
  expect(readFileSync(join(folder, 'project.db'))).toEqual(before);
});

test('finds damage in the middle of the file', async () => {
  for (let i = 0; i < 300; i += 1) writePhoto(join(folder, `../photos/a/${i}.bmp`), i);
  {
    using library = openLibrary(folder, { create: true });
    await takePhotos(library, [join(folder, '../photos')]);
  }
  const bytes = readFileSync(join(folder, 'project.db'));
  bytes.fill(0xa5, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 8192);
  writeFileSync(join(folder, 'project.db'), bytes);
  expect(() => openLibrary(folder)).toThrow(expect.objectContaining({ code: 'PROJECT_CORRUPT' }));
});

test('says that a folder cannot be written to', () => {
  writeFileSync(join(folder, '../file'), '');
  expect(() => openLibrary(join(folder, '../file/project'), { create: true })).toThrow(
    expect.objectContaining({ code: 'NOT_WRITABLE' }),
  );
});

test('two may have a project open; who waits too long for the other is told so', () => {
  using one = openLibrary(folder, { create: true });
  using two = openLibrary(folder);
  one.transaction(() => {
    one.run(`INSERT INTO skipped VALUES ('/a', 'DAMAGED', '')`);
    expect(countLabels(two)).toEqual({});
    expect(() => two.run(`INSERT INTO skipped VALUES ('/b', 'DAMAGED', '')`)).toThrow(
      expect.objectContaining({ code: 'PROJECT_BUSY' }),
    );
  });
});

const shell = (command: string) => execFileSync('sh', ['-c', command]);
const canMount = process.platform === 'linux' && process.getuid?.() === 0;
test.skipIf(!canMount)(
  'a full disk is said to be full, and nothing stored is lost (needs root)',
  async () => {
    const [disk, photos] = [temporaryFolder(), temporaryFolder()];
    for (let i = 0; i < 400; i += 1) writePhoto(join(photos, i < 20 ? 'first' : 'second', `${i}.bmp`), i);
    const take = async (...folders: string[]) => {
      using library = openLibrary(join(disk, 'p'), { create: true });
      await takePhotos(
        library,
        folders.map((name) => join(photos, name)),
      );
    };
    const stored = () => {
      using library = openLibrary(join(disk, 'p'));
      return storedPhotos(library).length;
    };
    shell(`mount -t tmpfs -o size=2m tmpfs ${disk}`);
    try {
      await take('first');
      await expect(take('first', 'second')).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(stored()).toBeGreaterThanOrEqual(20);
      shell(`mount -o remount,size=40m ${disk}`);
      await take('first', 'second');
      expect(stored()).toBe(400);
    } finally {
      shell(`umount -l ${disk}`);
    }
  },
);
