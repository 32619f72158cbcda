import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { importPhotos } from '../../engine/imports/index.ts';
import { openLibrary, summarizeLibrary } from '../../engine/library/index.ts';
import { serveTurns } from '../turns/serve-turns.ts';

/** JPEGs to working copies: `import.ts <sharp|scenelab> <folder>`. A line is where a turn may write. */
const [runner = '', folder = ''] = process.argv.slice(2);

/** Bare sharp, with as many photos at once as makes it fastest. */
async function bare(out: string): Promise<void> {
  mkdirSync(out);
  const next = readdirSync(folder).values();
  const work = async () => {
    for (const name of next)
      await sharp(join(folder, name))
        .autoOrient()
        .resize(512, 512, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
        .toFile(join(out, name));
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work));
}

async function imported(out: string): Promise<void> {
  using library = openLibrary(out, { create: true });
  for await (const _ of importPhotos(library, {
    folders: [folder],
    nested: 'flatten',
    groupByFolder: false,
  }));
  if (summarizeLibrary(library).photos !== readdirSync(folder).length)
    throw new Error('not every photo was imported');
}

await serveTurns(runner === 'sharp' ? bare : imported);
