#!/usr/bin/env node
/** Starts the command line on Node 24: on this one if it is, else on the one that npm installed beside us. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

if (parseInt(process.versions.node) >= 24) await import('./main.ts');
else {
  const child = spawn(newerNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // A terminal sends Ctrl-C to both; the other one decides.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal === 'SIGINT' ? 'SIGTERM' : signal);
    else process.exitCode = code ?? 1;
  });
}

function newerNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    return fail(`this is Node ${process.version}; expected Node 24 or newer; install it, or run npm install`);
  }
}

function fail(message) {
  console.error(`scenelab: ${message}`);
  process.exit(1);
}
