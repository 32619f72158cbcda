import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { buildCode } from './build-code.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'out/renderer');
const app = join(root, 'out/app');

/** Builds the page that window and browser show, unless it is newer than all it is made of. */
export async function buildPage(): Promise<void> {
  if (isStale(join(page, 'index.html'), ['renderer/**/*', 'contract/**/*.ts']))
    await build({ configFile: join(root, 'vite.config.ts'), root: join(root, 'renderer'), logLevel: 'warn' });
}

/** Builds what Electron runs beside the page, unless it is newer than all it is made of. */
export async function buildApp(): Promise<void> {
  const preload = join(app, 'preload/preload.cjs');
  if (!isStale(preload, ['{contract,engine,cli,main,preload}/**/*.{ts,js}'])) return;
  buildCode(root, app);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir: join(app, 'preload'),
      // A sandboxed preload is one file and may not be a module.
      lib: { entry: 'preload/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'] },
      minify: false,
    },
  });
}

function isStale(built: string, sources: string[]): boolean {
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  const all = [...sources, 'vite.config.ts', 'package-lock.json', 'scripts/build*.ts'];
  return globSync(all, { cwd: root }).some((file) => statSync(join(root, file)).mtimeMs > mtimeMs);
}

if (import.meta.main) {
  await buildPage();
  await buildApp();
}
