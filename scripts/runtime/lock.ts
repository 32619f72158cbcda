import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/**
 * Runs `work` while no other process runs work under the same lock file. Waits for its turn; a lock whose process is
 * gone is taken over.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const claim = `${process.pid} ${randomUUID()}`;
  for (let waited = 0; !(await take(file, claim)); waited++) {
    if (waited === 0) console.log('Another installation is fetching TensorFlow; waiting for it …');
    await setTimeout(500);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string, claim: string): Promise<boolean> {
  try {
    await writeFile(file, claim, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const owner = parseInt(await readFile(file, 'utf8').catch(() => ''));
    // Not a number: its owner is just about to write.
    if (!Number.isNaN(owner) && !isRunning(owner)) await rm(file, { force: true });
    return false;
  }
  // Two that find a dead owner may both clear its lock, the slower one clearing the lock of the faster.
  await setTimeout(100);
  return (await readFile(file, 'utf8').catch(() => '')) === claim;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
