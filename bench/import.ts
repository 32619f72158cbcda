import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { importPhotos, openLibrary } from '../engine/library/index.ts';

/**
 * Photos per second of importPhotos (read, hash, decode, shrink, encode, perceptual hash, store) beside bare sharp that only
 * decodes, shrinks and encodes the same files to the same size on all cores. Aim: at least 0.85 of its rate.
 *
 * `node bench/import.ts [photos] [rounds]`
 */
const [photos = 64, rounds = 3] = process.argv.slice(2).map(Number);

/** Photos of twelve megapixels with the detail, and so the bytes, of a camera's. */
async function makePhotos(folder: string): Promise<string[]> {
  await mkdir(join(folder, 'photos'));
  const paths = Array.from({ length: photos }, (_, i) => join(folder, 'photos', `${i}.jpg`));
  for (const path of paths) {
    const grain = sharp({
      create: {
        width: 4000,
        height: 3000,
        channels: 3,
        background: '#000000',
        noise: { type: 'gaussian', mean: 128, sigma: 12 },
      },
    });
    const blobs = { width: 40, height: 30, channels: 3, background: '#000000' } as const;
    const shapes = await sharp({ create: { ...blobs, noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
      .resize(4000, 3000)
      .png({ compressionLevel: 0 })
      .toBuffer();
    await grain
      .composite([{ input: shapes, blend: 'overlay' }])
      .jpeg({ quality: 92 })
      .toFile(path);
  }
  return paths;
}

/** Bare sharp, with as many photos at once as makes it fastest. */
async function bare(paths: string[], out: string): Promise<void> {
  await mkdir(out);
  const next = paths.entries();
  const work = async () => {
    for (const [i, path] of next)
      await sharp(path)
        .autoOrient()
        .resize(512, 512, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toFile(join(out, `${i}.jpg`));
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work));
}

/** An import into a new project. */
async function imported(folder: string, project: string): Promise<void> {
  using library = openLibrary(project, { create: true });
  const events = importPhotos(library, { folders: [folder], nested: 'flatten', groupByFolder: false });
  let event = await events.next();
  while (!event.done) event = await events.next();
  if (event.value.imported !== photos) throw new Error(`imported ${event.value.imported} of ${photos}`);
}

/** Photos per second by the clock, and milliseconds of processor time per photo, which other programs disturb less. */
async function measure(work: () => Promise<void>): Promise<{ rate: number; processor: number }> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { rate: (1000 * photos) / (performance.now() - start), processor: (user + system) / 1000 / photos };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

const folder = await mkdtemp(join(tmpdir(), 'scenelab-bench-'));
try {
  const paths = await makePhotos(folder);
  const ratios: { rate: number; processor: number }[] = [];
  // The first round fills the file cache and warms the code up.
  for (let round = 0; round <= rounds; round++) {
    const peer = await measure(() => bare(paths, join(folder, `bare-${round}`)));
    const ours = await measure(() => imported(join(folder, 'photos'), join(folder, `${round}.scenelab`)));
    if (round === 0) continue;
    console.log(JSON.stringify({ kind: 'round', round, sharp: peer, import: ours }));
    ratios.push({ rate: ours.rate / peer.rate, processor: peer.processor / ours.processor });
  }
  const result = {
    rate: median(ratios.map((r) => r.rate)),
    processor: median(ratios.map((r) => r.processor)),
  };
  console.log(JSON.stringify({ kind: 'result', photos, importBesideSharp: result, aim: 0.85 }));
} finally {
  await rm(folder, { recursive: true });
}
