import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { embedPhotos, openFeatureCache } from '../../engine/features/index.ts';
import { importPhotos } from '../../engine/imports/index.ts';
import { assignSplits, listTrainingPhotos, openLibrary } from '../../engine/library/index.ts';
import { startCompute } from '../../engine/start-compute.ts';
import { resolveSettings } from '../../engine/training/settings.ts';
import { serveTurns } from '../turns/serve-turns.ts';

/**
 * JPEGs to embeddings, and the network alone on as many photos: `import-and-embed.ts <scenelab|network> <folder>`. A line is
 * where a turn may write.
 */
const [runner = '', folder = ''] = process.argv.slice(2);
const photos = readdirSync(folder).length;
const compute = startCompute();
const network = { kind: 'backbone', id: 'efficientnet-lite0' } as const;
const { handle } = await compute.call('openNetwork', { network, outputs: ['embedding'] });

/** Import, then embedding from the working copies. */
async function importAndEmbed(out: string): Promise<void> {
  using library = openLibrary(out, { create: true });
  const folders = [dirname(folder)];
  for await (const _ of importPhotos(library, { folders, nested: 'flatten', groupByFolder: false }));
  assignSplits(library);
  const { backbone, framing, augmentation } = resolveSettings({ preset: 'quick', settings: {} });
  using cache = openFeatureCache(join(out, 'features', 'bench'), 1280);
  const request = { stage: 'embed', backbone, framing, augmentation, variants: 1 } as const;
  const targets = [{ output: 'embedding', cache }];
  const all = { ...request, targets, photos: listTrainingPhotos(library) };
  for await (const _ of embedPhotos(compute, all, new AbortController().signal));
  if (cache.size !== photos) throw new Error('not every photo was embedded');
}

/** From pixels in memory. */
async function embedPixels(): Promise<void> {
  for (let done = 0; done < photos; done += 32) {
    const n = Math.min(32, photos - done);
    const pixels = new Uint8Array(n * 224 * 224 * 3).fill(127);
    await compute.call('runNetwork', { handle, pixels, n });
  }
}

await serveTurns(runner === 'network' ? embedPixels : importAndEmbed);
await compute.close();
