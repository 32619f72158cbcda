import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
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
const [photos = 24, rounds = 3] = process.argv.slice(2).map(Number);

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

/** Seconds of bare sharp, with as many photos at once as makes it fastest. */
async function bare(paths: string[], out: string): Promise<number> {
  const start = performance.now();
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
  return (performance.now() - start) / 1000;
}

/** Seconds of an import into a new project. */
async function imported(folder: string, project: string): Promise<number> {
  const start = performance.now();
  using library = openLibrary(project, { create: true });
  const events = importPhotos(library, { folders: [folder], nested: 'flatten', groupByFolder: false });
  for (let event = await events.next(); ; event = await events.next()) {
    if (!event.done) continue;
    if (event.value.imported !== photos) throw new Error(`imported ${event.value.imported} of ${photos}`);
    return (performance.now() - start) / 1000;
  }
}

const folder = await mkdtemp(join(tmpdir(), 'scenelab-bench-'));
try {
  const paths = await makePhotos(folder);
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const out = join(folder, `bare-${round}`);
    await mkdir(out);
    const seconds = {
      sharp: await bare(paths, out),
      import: await imported(join(folder, 'photos'), join(folder, `${round}.scenelab`)),
    };
    if ((await readdir(out)).length !== photos) throw new Error('bare sharp wrote too few photos');
    // The first round fills the file cache and warms the code up.
    if (round === 0) continue;
    ratios.push(seconds.sharp / seconds.import);
    const rate = (time: number) => Number((photos / time).toFixed(1));
    console.log(
      JSON.stringify({ kind: 'round', round, sharp: rate(seconds.sharp), import: rate(seconds.import) }),
    );
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  console.log(JSON.stringify({ kind: 'result', importBesideSharp: Number(median.toFixed(2)), aim: 0.85 }));
} finally {
  await rm(folder, { recursive: true });
}
