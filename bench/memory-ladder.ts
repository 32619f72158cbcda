import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { nextRung, type Rung } from '../engine/training/next-rung.ts';

/**
 * Walks the memory ladder for real: `scenelab train` on the sample project, with batches of 64, in a control group of Linux
 * that lets it have `megabytes` from the moment on when it has planned with more. The kernel ends the engine each time it takes
 * too much; by default only the last layer fits. Prints what a person reads, with the seconds since the start. Needs root.
 *
 * `node bench/memory-ladder.ts [--megabytes 400]`
 */
const { values: options } = parseArgs({ options: { megabytes: { type: 'string', default: '400' } } });
const [groups, limit] = existsSync('/sys/fs/cgroup/cgroup.controllers')
  ? (['/sys/fs/cgroup', 'memory.max'] as const)
  : (['/sys/fs/cgroup/memory', 'memory.limit_in_bytes'] as const);
const group = join(groups, 'scenelab-bench');
const folder = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
const env = { ...process.env, SCENELAB_DATA: join(folder, 'data'), SCENELAB_CACHE: join(folder, 'cache') };
const top: Rung = { backbone: 'efficientnet-lite2', cut: 'block16', photosAtOnce: 64 };

/** The command that trains on a rung. */
function training({ backbone, cut, photosAtOnce }: Rung): string[] {
  const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
  const command = [path('../cli/scenelab.js'), 'train', path('../assets/sample')];
  const size = ['--backbone', backbone, '--cut', cut ?? 'none', '--batch-size', String(photosAtOnce)];
  return [...command, ...size, '--framing', 'stretch', '--variants', '1', '--epochs', '2', '--refit', 'none'];
}

/** Runs a command in the group, takes the memory away once it has planned, and prints all but its progress. */
async function walk(command: readonly string[]): Promise<void> {
  const started = performance.now();
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  writeFileSync(join(group, 'cgroup.procs'), String(child.pid));
  const hear = (line: string) => {
    if (line.startsWith('Needs about'))
      writeFileSync(join(group, limit), String(Number(options.megabytes) * 1e6));
    const isProgress = /: [\d,]+ (of|photo)/.test(line);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (!isProgress) console.log(`${seconds.padStart(6)} s  ${line}`);
  };
  const over = new Promise((resolve) => child.once('close', resolve));
  for (const output of [child.stdout, child.stderr]) createInterface(output).on('line', hear);
  await over;
}

// Features are cached beforehand: making them takes more memory than the lower rungs, and is not what is walked here.
for (let rung: Rung | null = top; rung; rung = nextRung(rung))
  if (rung === top || rung.cut !== top.cut)
    execFileSync(process.execPath, training({ ...rung, photosAtOnce: 32 }), { env, stdio: 'ignore' });
mkdirSync(group, { recursive: true });
await walk(training(top));
rmdirSync(group);
rmSync(folder, { recursive: true });
