import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('RESULTS.md', import.meta.url));

/** Puts text under a heading of bench/RESULTS.md, in the place of what stood there; other sections stay as they are. */
export function writeResults(heading: string, text: string): void {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '# Measurements\n';
  const [intro = '', ...sections] = old.split(/^## /m);
  const section = `${heading}\n\n${text.trim()}\n`;
  const at = sections.findIndex((other) => other.startsWith(`${heading}\n`));
  sections.splice(at === -1 ? sections.length : at, at === -1 ? 0 : 1, section);
  writeFileSync(file, [intro, ...sections].map((part) => part.trim()).join('\n\n## ') + '\n');
}
