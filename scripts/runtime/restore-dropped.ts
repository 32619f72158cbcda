import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { packageFolder } from './tfjs-package.ts';
import { runProgram } from './run-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * An npm before 11.19 does not know `allowScripts`: it runs the scripts of tfjs-node and onnxruntime-node, and where
 * their downloads can't be reached it leaves the packages out without a word. Brings them back without their scripts.
 * Returns words for the closing line.
 */
export async function restoreDropped(): Promise<string> {
  const { optionalDependencies } = JSON.parse(await readFile(`${root}/package.json`, 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const omitted = process.env['npm_config_omit']?.split(/\s+/).includes('optional');
  const dropped = Object.keys(optionalDependencies).filter((name) => !packageFolder(name));
  if (omitted || dropped.length === 0) return '';
  console.log(`npm left ${dropped.join(', ')} out; getting them without their install scripts …`);
  const wanted = dropped.map((name) => `${name}@${optionalDependencies[name]}`);
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...wanted];
  const npm = process.env['npm_execpath'] ?? '';
  if (npm.endsWith('.js')) await runProgram(process.execPath, [npm, ...args], { cwd: root });
  else await runProgram('npm', args, { cwd: root });
  return `; ${dropped.join(', ')}, which this npm had left out, ${dropped.length === 1 ? 'is' : 'are'} back`;
}
