import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { cacheFolder } from '../../engine/folders.ts';
import { startEngine } from '../../engine/process/spawn.ts';
import { randomFor, type Random } from '../../engine/random.ts';

/** What the app is started with. */
export interface BenchProject {
  /** Holds the `data` and `cache` that the app gets as its own. */
  folder: string;
  /** Stands for the project in the page's address. */
  key: string;
  /** The generated photos, a folder per label. */
  photos: string;
}

const labels = ['beach', 'city', 'desert', 'forest', 'lake', 'mountain', 'plant', 'street'];
/** Photos at the top of the folder have no label. */
const unlabelled = 10;
const width = 640;
const height = 480;
const grains = 8;

/** A project of `count` generated photos, made by the app's own import the first time and kept in the cache folder. */
export async function makeProject(count: number): Promise<BenchProject> {
  const folder = join(cacheFolder(), 'bench-app', String(count));
  const photos = join(folder, 'photos');
  if (!existsSync(photos)) await writePhotos(photos, count);
  const env = { SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') };
  const engine = startEngine({ env });
  try {
    const [known] = await engine.client.listProjects();
    const { project, key } = known ?? (await engine.client.createProject({ name: 'Bench' }));
    if (known?.photos !== count) {
      const folders = [...labels, 'unlabelled'].map((label) => join(photos, label));
      const events = await engine.client.importPhotos({ project, folders });
      for await (const event of events)
        if (event.kind === 'progress') process.stdout.write(`\rimport ${event.done} of ${event.total}   `);
      process.stdout.write('\n');
      await engine.client.deleteLabel({ project, label: 'unlabelled' });
    }
    return { folder, key, photos };
  } finally {
    await engine.stop();
  }
}

async function writePhotos(folder: string, count: number): Promise<void> {
  const partial = `${folder}.partial`;
  const folders = [...labels, 'unlabelled'].map((label) => join(partial, label));
  for (const each of folders) await mkdir(each, { recursive: true });
  const textures = await Promise.all(Array.from({ length: grains }, grain));
  const next = Array.from({ length: count }, (_, index) => index).values();
  const work = async () => {
    for (const index of next) {
      const label = index % unlabelled === 0 ? labels.length : index % labels.length;
      const image = await photo(index, label, textures[index % grains] ?? Buffer.alloc(0));
      await writeFile(join(folders[label] ?? partial, `IMG_${String(index).padStart(5, '0')}.jpg`), image);
      if (index % 100 === 0) process.stdout.write(`\rmake ${index} of ${count}   `);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  process.stdout.write('\n');
  await rename(partial, folder);
}

/** Soft coloured shapes under a film grain, so that sizes and hashes are those of photos; a colour cast by label. */
async function photo(index: number, label: number, texture: Buffer): Promise<Buffer> {
  const random = randomFor('bench app', index);
  const [columns, rows] = [3 + Math.floor(10 * random()), 3 + Math.floor(8 * random())];
  const shapes = Uint8Array.from(
    { length: columns * rows * 3 },
    (_, i) => 190 * random() + (i % 3 === label % 3 ? 60 : 0),
  );
  return sharp(shapes, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { kernel: label % 2 ? 'cubic' : 'nearest', fit: 'fill' })
    .composite([{ input: texture, raw: { width, height, channels: 3 }, blend: 'overlay' }])
    .withExif({ IFD0: { Model: 'Bench' }, IFD2: { DateTimeOriginal: takenAt(random) } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Some second of ten years, as EXIF writes it. */
function takenAt(random: Random): string {
  const time = new Date(Date.UTC(2014, 0, 1) + random() * 10 * 365 * 86_400_000);
  return time.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}

function grain(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .blur(0.6)
    .raw()
    .toBuffer();
}
