import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Session, type Profiler } from 'node:inspector/promises';

export interface CpuProfile {
  /** Share of the time in which the main thread was busy, by function, the largest first. */
  readonly busiest: [string, number][];
  /** Writes it as Chromium's DevTools open it, who draw its flame. */
  write(file: string): void;
}

/** Samples the JavaScript of the main thread while the work is done; native code counts for the function that calls it. */
export async function profiled(work: () => Promise<void>): Promise<CpuProfile> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return { busiest: busiestIn(profile), write: (file) => writeFileSync(file, JSON.stringify(profile)) };
}

function busiestIn({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): [string, number][] {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const times = new Map<string, number>();
  samples.forEach((id, at) => {
    const { functionName = '', url = '' } = byId.get(id) ?? {};
    if (functionName === '(idle)') return;
    const place = url && !url.startsWith('node:') ? ` (${basename(url)})` : '';
    const name = `${functionName || 'anonymous'}${place}`;
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[at] ?? 0));
  });
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times].map(([name, time]): [string, number] => [name, time / busy]).sort((a, b) => b[1] - a[1]);
}
