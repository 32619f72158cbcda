import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/** Most memory in bytes that a process and its children have held, as Linux counts it (`VmHWM`); NaN elsewhere. */
export function peakMemory(pid: number | 'self' = 'self'): number {
  try {
    const own = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(own?.[1]) * 1024 + childrenOf(pid).reduce((sum, child) => sum + peakMemory(child), 0);
  } catch {
    return Number.NaN;
  }
}

/** Starts `peakMemory` of this process anew, from what it holds now. */
export function forgetPeakMemory(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

/** As people read it. */
export function gigabytes(bytes: number): string {
  return Number.isNaN(bytes) ? '–' : `${(bytes / 1e9).toFixed(2)} GB`;
}

function childrenOf(pid: number | 'self'): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'));
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}
