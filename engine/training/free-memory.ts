import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';

/**
 * Bytes that this process may take: what is free, and what it has already. In a container Node counts the kernel's copies of
 * files as taken, which after an import is all there is; but they make room for whoever asks.
 */
export function freeMemory(): number {
  const free = process.availableMemory() + process.memoryUsage.rss();
  const limit = process.constrainedMemory();
  const isLimited = limit > 0 && limit < totalmem();
  return isLimited ? Math.min(limit, free + copiesOfFiles()) : free;
}

/** Of this process's control group, by its path in version 1, as a container sees itself there, or in version 2. */
function copiesOfFiles(): number {
  const groups = read('/proc/self/cgroup');
  const [, path1 = ''] = /^\d+:memory:(.*)$/m.exec(groups) ?? [];
  const [, path2 = ''] = /^0::(.*)$/m.exec(groups) ?? [];
  const folders = [`memory${path1}`, 'memory', path2];
  const stat = folders.map((folder) => read(`/sys/fs/cgroup/${folder}/memory.stat`)).find(Boolean) ?? '';
  const [, bytes = 0] =
    /^total_inactive_file (\d+)$/m.exec(stat) ?? /^inactive_file (\d+)$/m.exec(stat) ?? [];
  return Number(bytes);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // not this kind of Linux
  }
}
