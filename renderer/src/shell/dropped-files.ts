import { ScenelabError } from '../../../contract/index.ts';
import { words } from '../words/index.ts';
import { hostFailure } from './host-failure.ts';
import type { Dropped } from './shell.ts';

interface FoundFile {
  /** Below the drop, with forward slashes. */
  path: string;
  file: File;
}
const uploadsAtOnce = 4;
/** Stands in an upload's address for a project where files are not to be kept. */
const unkept = '-';

/** Takes down what was dropped on a page in a browser, which tells contents but no paths. */
export function takeFiles(transfer: DataTransfer): Dropped {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry): entry is FileSystemEntry => entry !== null);
  const batch = crypto.randomUUID();
  let unneeded = false;
  const remove = (place: string) => fetch(`/upload/${place}/${batch}`, { method: 'DELETE' });
  return {
    names: entries.map(({ name }) => name),
    async forget() {
      if (unneeded) await remove(unkept);
    },
    async bring(projectKey, arrived, signal) {
      const place = projectKey ?? unkept;
      unneeded = projectKey === null;
      const files: FoundFile[] = [];
      for (const entry of entries) await walk(entry, files, signal);
      if (files.length === 0) throw nothingIn(entries);
      try {
        await uploadAll(files, `/upload/${place}/${batch}`, arrived, signal);
        return await folders(place, batch, signal);
      } catch (error) {
        // Half a drop is of no use to anybody and may be what filled the disk.
        await remove(place).catch(() => undefined);
        throw error;
      }
    },
  };
}

function nothingIn(entries: readonly FileSystemEntry[]): ScenelabError {
  const names = words.adding.names(entries.map(({ name }) => name));
  return new ScenelabError('NO_PHOTOS', words.drop.nothingIn(names), '', words.drop.nothingInFix);
}

/** Uploads files, some at once. The first that fails ends it. */
async function uploadAll(
  files: readonly FoundFile[],
  address: string,
  arrived: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  arrived(0, files.length);
  let done = 0;
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const queue = files.values();
  const upload = async () => {
    for (const { path, file } of queue) {
      await put(`${address}/${path.split('/').map(encodeURIComponent).join('/')}`, file, either);
      arrived(++done, files.length);
    }
  };
  const uploads = Array.from({ length: uploadsAtOnce }, upload);
  try {
    await Promise.all(uploads);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(uploads);
    throw error;
  }
}

async function walk(entry: FileSystemEntry, into: FoundFile[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (entry.name.startsWith('.')) return;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    // Films are no photos and too large to copy for nothing.
    if (!/^(video|audio)\//.test(file.type)) into.push({ path: entry.fullPath.slice(1), file });
  } else if (isFolder(entry)) {
    for (const child of await readAll(entry.createReader())) await walk(child, into, signal);
  }
}

// Chromium has no classes to ask for these.
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** One call gives at most 100 entries. */
async function readAll(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function put(address: string, file: File, signal: AbortSignal): Promise<void> {
  const response = await fetch(address, { method: 'PUT', body: file, signal });
  if (!response.ok) throw await hostFailure(response);
}

/** Where the host put the folders of a finished upload. */
async function folders(place: string, batch: string, signal: AbortSignal): Promise<string[]> {
  const response = await fetch(`/upload/${place}/${batch}`, { signal });
  if (!response.ok) throw await hostFailure(response);
  return (await response.json()) as string[];
}
