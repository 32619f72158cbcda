import { randomUUID } from 'node:crypto';
import {
  ScenelabError,
  type Job,
  type JobControl,
  type JobEnd,
  type JobEvent,
} from '../../contract/index.ts';
import { engineLeaves, RunningJob, type Work } from './running-job.ts';

type Description = Pick<Job, 'kind' | 'project' | 'title'>;

const keptWhenEnded = 20;

/** Long work that goes on whoever watches; whoever comes back later hears what they missed. */
export class Jobs {
  readonly #running = new Map<string, RunningJob>();

  /** Starts work at once. One training at a time: throws USAGE when another is running. */
  start(description: Description, work: Work): Job {
    if (trains(description) && [...this.#running.values()].some(({ job, isOver }) => trains(job) && !isOver))
      throw new ScenelabError(
        'USAGE',
        'A network is being trained already',
        'one at a time',
        'Wait for it, or stop it',
      );
    const running = new RunningJob({
      ...description,
      id: randomUUID(),
      state: 'running',
      startedAt: new Date().toISOString(),
    });
    this.#running.set(running.job.id, running);
    running.run(work);
    const ended = [...this.#running.values()].filter(({ isOver }) => isOver);
    for (const { job } of ended.slice(0, -keptWhenEnded)) this.#running.delete(job.id);
    return { ...running.job };
  }

  /** Whether nothing runs. */
  get isIdle(): boolean {
    return [...this.#running.values()].every(({ job }) => job.state !== 'running');
  }

  /** Whether work of a project runs or is paused. */
  isBusy(project: string): boolean {
    return [...this.#running.values()].some(({ job, isOver }) => job.project === project && !isOver);
  }

  /** Jobs of a project that run, or ended in this process's life; the oldest first. */
  list(project: string): Job[] {
    return [...this.#running.values()]
      .filter(({ job }) => job.project === project)
      .map(({ job }) => ({ ...job }));
  }

  /** Yields what the job did after event number `after`, goes on with what it does, and gives how it ended. */
  follow(id: string, after: number, signal?: AbortSignal): AsyncGenerator<JobEvent, JobEnd> {
    return this.#find(id).follow(after, signal);
  }

  control(id: string, action: JobControl): void {
    this.#find(id).control(action);
  }

  /** Cancels whatever runs or is paused; fulfilled once all of it has put away what it holds. */
  async cancelAll(): Promise<void> {
    const jobs = [...this.#running.values()];
    for (const running of jobs) running.control('cancel', engineLeaves);
    await Promise.all(jobs.map(({ ended }) => ended));
  }

  #find(id: string): RunningJob {
    const found = this.#running.get(id);
    if (found) return found;
    throw new ScenelabError(
      'NOT_FOUND',
      'This work is not known any more',
      '',
      'Look at the results, or start again',
    );
  }
}

/** Two trainings at once would take the processor and the memory from each other. */
const trains = ({ kind }: Pick<Job, 'kind'>): boolean => kind !== 'import';
