import { basename } from 'node:path';
import { z } from 'zod';
import { ImportInput, ScenelabError, type Job } from '../../contract/index.ts';
import { importPhotos } from '../imports/index.ts';
import { isAnotherRunning } from '../is-another-running.ts';
import { readSetting, writeSetting, type Library } from '../library/index.ts';
import type { OpenProjects } from '../projects/index.ts';
import type { Jobs } from './jobs.ts';
import { engineLeaves, type Work } from './running-job.ts';

/** While photos stream in, windows hear of it this often. */
const millisecondsBetweenChanges = 1000;
/** An import that ends the engine each time would do so for ever. */
const mostAttempts = 3;

/** What a project remembers of an import until it has ended. */
const Unfinished = z.object({ input: ImportInput, attempts: z.number().int(), pid: z.number().int() });
type Unfinished = z.infer<typeof Unfinished>;

/** Starts an import as a job. The project remembers it until it has ended, so that another engine can take it up. */
export function startImport(projects: OpenProjects, jobs: Jobs, input: ImportInput, attempts = 1): Job {
  const library = projects.library(input.project);
  const title = input.folders.map((folder) => basename(folder)).join(', ');
  writeSetting(library, 'import', JSON.stringify({ input, attempts, pid: process.pid } satisfies Unfinished));
  return jobs.start({ kind: 'import', project: input.project, title }, importing(projects, input));
}

/**
 * The import of a project that runs, or one that was broken off when its engine ended, begun again: photos that are in
 * are passed over. Null without one, and while another engine is at it.
 * @throws ScenelabError ENGINE_STOPPED when it has ended the engine several times.
 */
export function resumeImport(projects: OpenProjects, jobs: Jobs, project: string): Job | null {
  const running = jobs.list(project).find(({ kind, state }) => kind === 'import' && state === 'running');
  if (running) return running;
  const library = projects.library(project);
  const left = readUnfinished(library);
  if (!left || isAnotherRunning(left.pid)) return null;
  if (left.attempts < mostAttempts) return startImport(projects, jobs, left.input, left.attempts + 1);
  writeSetting(library, 'import', null);
  throw new ScenelabError(
    'ENGINE_STOPPED',
    `Importing ${left.input.folders.join(', ')} has ended the engine ${left.attempts} times`,
    '',
    'What was imported stays. Add the folders one by one to find the photo that does it, and please report it',
  );
}

/** An import whose photos appear in the windows while it runs. */
function importing(projects: OpenProjects, input: ImportInput): Work {
  return async function* ({ signal }) {
    const library = projects.library(input.project);
    const events = importPhotos(library, input, signal);
    let told = performance.now();
    try {
      for (;;) {
        const next = await events.next();
        if (next.done) return { kind: 'import', imported: next.value };
        yield next.value;
        if (performance.now() - told < millisecondsBetweenChanges) continue;
        told = performance.now();
        projects.changed(input.project);
      }
    } finally {
      if (signal.reason !== engineLeaves) writeSetting(library, 'import', null);
      projects.changed(input.project);
    }
  };
}

function readUnfinished(library: Library): Unfinished | null {
  const stored = readSetting(library, 'import');
  return stored === null ? null : (Unfinished.safeParse(JSON.parse(stored)).data ?? null);
}
