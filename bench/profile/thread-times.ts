import { readdirSync, readFileSync } from 'node:fs';

/** Whose threads they are, by their names in Linux; photos are decoded on libuv's, V8's own compile and collect garbage. */
const kinds = [
  { kind: 'main thread', names: /^MainThread/ },
  { kind: 'photo threads', names: /^(libuv|libvips)/ },
  { kind: 'network threads', names: /^(WorkerThread|tf_)/ },
  { kind: 'V8', names: /^(V8|Delayed)/ },
] as const;
export const threadKinds = [...kinds.map(({ kind }) => kind), 'other threads'] as const;

/** Seconds of processor time by kind of thread, in the order of `threadKinds`. */
export type ThreadTimes = readonly number[];

/** What a process and its threads have used so far, in steps of Linux's 10 ms. */
export interface ThreadReading {
  readonly total: number;
  readonly threads: ReadonlyMap<string, { readonly name: string; readonly seconds: number }>;
}

/** Threads of this process by their numbers, also those that have ended, as they were last seen. */
const seen = new Map<string, { readonly name: string; readonly seconds: number }>();

/** Of this process. To be called now and then: what a thread that ends used since it was last seen counts for the others. */
export function readThreads(): ThreadReading {
  for (const thread of readdirSync('/proc/self/task')) {
    const stat = statOf(thread);
    if (stat) seen.set(thread, stat);
  }
  const { user, system } = process.cpuUsage();
  return { total: (user + system) / 1e6, threads: new Map(seen) };
}

/** What was used since a reading. */
export function since(before: ThreadReading): ThreadTimes {
  const now = readThreads();
  const times = threadKinds.map(() => 0);
  for (const [thread, { name, seconds }] of now.threads) {
    const at = kinds.findIndex(({ names }) => names.test(name));
    if (at !== -1) times[at] = (times[at] ?? 0) + seconds - (before.threads.get(thread)?.seconds ?? 0);
  }
  const known = times.reduce((sum, seconds) => sum + seconds, 0);
  return times.with(-1, Math.max(0, now.total - before.total - known));
}

/** proc_pid_stat(5): fields 14 and 15 are user and system time in ticks of 10 ms; the name in brackets may hold spaces. */
function statOf(thread: string): { name: string; seconds: number } | null {
  try {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(stat) ?? [];
    const fields = rest.split(' ');
    return { name, seconds: (Number(fields[11]) + Number(fields[12])) / 100 };
  } catch {
    return null; // It has ended meanwhile.
  }
}
