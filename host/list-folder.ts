import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { existsSync } from 'node:fs';

/** A folder as the page's folder picker shows it. */
export interface FolderListing {
  path: string;
  /** Null at the top. */
  parent: string | null;
  folders: { name: string; path: string; photos: number }[];
  /** Photos lying in the folder itself. */
  photos: number;
  /** Where people usually start. */
  places: { name: string; path: string }[];
}

const photoEndings = new Set(
  'jpg jpeg png webp avif tif tiff gif bmp heic heif cr2 cr3 nef arw dng raf rw2'
    .split(' ')
    .map((end) => `.${end}`),
);

/** Lists the folders in a folder, without hidden ones; null is the home folder. Throws ENOENT and EACCES. */
export async function listFolder(asked: string | null): Promise<FolderListing> {
  const path = resolve(asked ?? homedir());
  const entries = await readdir(path, { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  const folders = await Promise.all(
    visible
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => ({
        name,
        path: join(path, name),
        photos: await countPhotos(join(path, name)),
      })),
  );
  const parent = dirname(path);
  return {
    path,
    parent: parent === path ? null : parent,
    folders: folders.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
    photos: visible.filter((entry) => entry.isFile() && isPhoto(entry.name)).length,
    places: places(),
  };
}

async function countPhotos(folder: string): Promise<number> {
  try {
    return (await readdir(folder)).filter(isPhoto).length;
  } catch {
    return 0; // may not be read; shown all the same
  }
}

const isPhoto = (name: string): boolean => photoEndings.has(extname(name).toLowerCase());

function places(): { name: string; path: string }[] {
  const home = homedir();
  const usual = ['Pictures', 'Downloads', 'Desktop', 'Documents'].map((name) => join(home, name));
  return [home, ...usual, ...drives()]
    .filter((path) => existsSync(path))
    .map((path) => ({ name: basename(path) || path, path }));
}

/** All that there are on Windows, whose folders have no common top. */
function drives(): string[] {
  if (process.platform !== 'win32') return ['/'];
  return [...'CDEFGHIJKLMNOPQRSTUVWXYZAB'].map((letter) => `${letter}:\\`);
}
