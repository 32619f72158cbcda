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
  let isUnkept = false;
  return {
    names: entries.map(({ name }) => name),
    async forget() {
      if (isUnkept) await fetch(`/upload/${unkept}/${batch}`, { method: 'DELETE' });
    },
    async bring(projectKey, arrived, signal) {
      const place = projectKey ?? unkept;
      isUnkept = projectKey === null;
      const files: FoundFile[] = [];
      for (const entry of entries) await walk(entry, files, signal);
      arrived(0, files.length);
      let done = 0;
      const queue = files.values();
      const upload = async () => {
        for (const { path, file } of queue) {
          await put(
            `/upload/${place}/${batch}/${path.split('/').map(encodeURIComponent).join('/')}`,
            file,
            signal,
          );
          arrived(++done, files.length);
        }
      };
      await Promise.all(Array.from({ length: uploadsAtOnce }, upload));
      return folders(place, batch, signal);
    },
  };
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
