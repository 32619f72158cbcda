import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';

const sources = '{contract,engine,cli,main}/**/*.{ts,js}';
const notShipped = /\.test\.ts$|-fixture\.ts$/;
/** The end of a string that names one of our own files. */
const ownFile = /(['"]\.{1,2}\/[^'"\n]*)\.ts(['"])/g;

/**
 * Writes the code that runs in Electron's Node to a folder: file by file as it is, its types blanked, so that lines stay where
 * they are and every path between files holds. Nothing is bundled; packages are found in `node_modules`.
 */
export function buildCode(root: string, out: string): void {
  rmSync(out, { recursive: true, force: true });
  for (const file of globSync(sources, { cwd: root })) {
    if (notShipped.test(file)) continue;
    const source = readFileSync(join(root, file), 'utf8');
    const target = join(out, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, stripTypeScriptTypes(source).replaceAll(ownFile, '$1.js$2'));
  }
}
