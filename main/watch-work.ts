import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, JobEnd, WorkEvent } from '../contract/index.ts';
import type { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import type { EngineClient } from '../engine/process/spawn.ts';

/** Who wants to hear of long work. */
export interface WorkListener {
  /** How far the newest work is, 0 … 1; null while nobody knows. */
  working(fraction: number | null): void;
  /** Nothing runs any more. */
  idle(): void;
  ended(job: Job, end: JobEnd): void;
}

const millisecondsBetweenLooks = 2000;
const isRunning = ({ state }: Job): boolean => state === 'running';

/** Work that belongs to no project, as the Lab's, is listed under this. */
const noProject = '';

/**
 * Tells of the work on the open project, and of what belongs to none, until the signal fires, with a client of its own,
 * whatever the page does. When the engine is replaced it goes on with the next.
 */
export async function watchWork(
  supervisor: EngineSupervisor,
  openProject: () => string | null,
  listener: WorkListener,
  signal: AbortSignal,
): Promise<void> {
  const followed = new Set<string>();
  let running = 0;
  const follow = async (client: EngineClient, job: Job) => {
    followed.add(job.id);
    if (running++ === 0) listener.working(null);
    try {
      listener.ended(job, await followJob(client, job, listener));
    } catch {
      // The engine ended. The next one has its own jobs.
    } finally {
      if (--running === 0) listener.idle();
    }
  };
  while (!signal.aborted) {
    const { client } = await supervisor.running();
    for (const project of new Set([openProject() ?? noProject, noProject])) {
      const jobs = await client.listJobs({ project }).catch(() => []);
      for (const job of jobs) if (isRunning(job) && !followed.has(job.id)) void follow(client, job);
    }
    await sleep(millisecondsBetweenLooks, null, { signal }).catch(() => null);
  }
}

async function followJob(client: EngineClient, job: Job, listener: WorkListener): Promise<JobEnd> {
  const events = await client.followJob({ job: job.id });
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    const fraction = fractionOf(job.kind, next.value.event);
    if (fraction !== undefined) listener.working(fraction);
  }
}

/** An import's photos, a training's epochs, all of an experiment; undefined when an event tells nothing of it. */
function fractionOf(kind: Job['kind'], event: WorkEvent | null): number | null | undefined {
  if (kind === 'import' && event?.kind === 'progress') return event.total ? event.done / event.total : null;
  if (event?.kind === 'epoch') return event.epoch / event.epochs;
  if (event?.kind === 'trial') return event.share;
  return undefined;
}
