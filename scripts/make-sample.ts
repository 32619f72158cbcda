/**
 * Makes `assets/sample/` from a folder of photos and the Debian copyright file that names each photo's author, licence
 * and source: `node scripts/make-sample.ts ../shared/photos/sample ../shared/photos/sample-COPYRIGHT.debian`.
 * A photo is taken only when its own entry is found there with a licence that lets it be passed on with attribution.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

interface Entry {
  readonly author: string;
  readonly licence: string;
  readonly source: string;
}

/** Which of the package's picture folders each label was taken from. */
const folderOf: Record<string, string> = {
  fish: 'fishes',
  monument: 'monuments',
  tool: 'tools',
  windmill: 'renewable',
};
const free = /^(public-domain|CC0-1\.0|CC-BY(-SA)?-\d\.\d)$/;
const out = join(import.meta.dirname, '..', 'assets', 'sample');

/** Entries by "folder/name" (without ending), from the machine-readable format of debian/copyright 1.0. */
function readEntries(file: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const paragraph of readFileSync(file, 'utf8').split(/\n\s*\n/)) {
    const field = (name: string) => new RegExp(`^${name}: *(.*(?:\\n .*)*)`, 'm').exec(paragraph)?.[1] ?? '';
    const entry = { author: field('Copyright'), licence: field('License'), source: field('Comment').trim() };
    for (const path of field('Files')
      .split(/\s+/)
      .filter((path) => path.includes('/categorization/')))
      entries.set(join(basename(dirname(path)), basename(path, extname(path))), entry);
  }
  return entries;
}

function entryOf(entries: Map<string, Entry>, label: string, name: string): Entry | undefined {
  // The photos that begin with "exp_" come from another part of the package, which has no entries.
  const own = basename(name, extname(name)).replace(/^cat_/, '');
  const entry = entries.get(join(folderOf[label] ?? '', own));
  return entry !== undefined && free.test(entry.licence) && entry.source !== '' ? entry : undefined;
}

const quoted = (field: string) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

const [photos = '', copyright = ''] = process.argv.slice(2);
const entries = readEntries(copyright);
const rows = [['file', 'author', 'licence', 'source']];
const leftOut: string[] = [];
for (const label of Object.keys(folderOf)) {
  rmSync(join(out, label), { recursive: true, force: true });
  mkdirSync(join(out, label), { recursive: true });
  for (const name of readdirSync(join(photos, label)).sort()) {
    const entry = entryOf(entries, label, name);
    if (entry === undefined) {
      leftOut.push(`${label}/${name}`);
      continue;
    }
    cpSync(join(photos, label, name), join(out, label, name));
    rows.push([`${label}/${name}`, entry.author, entry.licence, entry.source]);
  }
}
writeFileSync(join(out, 'ATTRIBUTION.csv'), rows.map((row) => `${row.map(quoted).join(',')}\n`).join(''));
console.log(`${rows.length - 1} photos taken, ${leftOut.length} left out: ${leftOut.join(', ')}`);
