import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('RESULTS.md', import.meta.url));

/** Puts text under a heading of bench/RESULTS.md, in the place of what stood there; other sections stay as they are. */
export function writeResults(heading: string, text: string): void {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '# Measurements\n';
  const [intro = '', ...sections] = old.split(/^## /m);
  const kept = sections.filter((section) => !section.startsWith(`${heading}\n`));
  const all = [...kept, `${heading}\n\n${text.trim()}\n\n`].map((section) => `## ${section.trim()}\n`);
  writeFileSync(file, `${intro.trim()}\n\n${all.join('\n')}`);
}
