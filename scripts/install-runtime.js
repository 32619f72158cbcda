#!/usr/bin/env node
/**
 * Runs `install-runtime.ts` on a Node that understands TypeScript: npm's own may be older. Never fails, since npm would
 * then take the whole installation back.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('install-runtime.ts', import.meta.url));
const local = fileURLToPath(
  new URL(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
);
const node = parseInt(process.versions.node) >= 24 ? process.execPath : local;

if (existsSync(node)) spawnSync(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
else
  console.log(
    `Scenelab needs Node 24 and this is ${process.version}: run \`npm install\` again with the network on, or install Node 24.`,
  );
