import { expect, test } from 'vitest';
import { ScenelabError, type ImportResult, type JobEnd, type TrainEvent } from '../../contract/index.ts';
import { Jobs } from './jobs.ts';
import type { Work } from './running-job.ts';

const result: ImportResult = {
  imported: 2,
  duplicates: 0,
  unchanged: 0,
  skipped: [],
  labels: {},
  suggestedLabel: null,
};
const about = { kind: 'import', project: '/p', title: 'a folder' } as const;
const notice = (message: string): TrainEvent => ({ kind: 'notice', code: 'TEST', message });
const progress = (done: number): TrainEvent => ({
  kind: 'progress',
  stage: 'import',
  done,
  total: 9,
  rate: null,
  secondsLeft: null,
});

/** Work that waits for its signals after its first event. */
function waiting(begun: (times: number) => void = () => undefined): Work {
  let times = 0;
  return async function* ({ signal, stop }) {
    begun(++times);
    yield notice(`begun ${times}`);
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new ScenelabError('CANCELLED', 'Broken off', '', '')));
      stop.addEventListener('abort', () => resolve());
      if (stop.aborted) resolve();
    });
    return { kind: 'import', imported: result };
  };
}

async function toEnd(
  jobs: Jobs,
  id: string,
  after = 0,
): Promise<{ heard: (TrainEvent | null)[]; end: JobEnd }> {
  const events = jobs.follow(id, after);
  const heard: (TrainEvent | null)[] = [];
  for (;;) {
    const next = await events.next();
    if (next.done) return { heard, end: next.value };
    heard.push(next.value.event);
  }
}

test('whoever comes late hears the history, but of passing progress only the newest', async () => {
  const jobs = new Jobs();
  const { id } = jobs.start(about, async function* () {
    yield progress(1);
    yield notice('first');
    yield progress(2);
    yield progress(3);
    return { kind: 'import', imported: result };
  });
  const { end } = await toEnd(jobs, id);
  expect(end).toEqual({ state: 'done', result: { kind: 'import', imported: result } });
  expect((await toEnd(jobs, id)).heard).toEqual([notice('first'), progress(3)]);
});

test('a reader goes on after the event it names', async () => {
  const jobs = new Jobs();
  const { id } = jobs.start(about, async function* () {
    yield notice('one');
    yield notice('two');
    return { kind: 'import', imported: result };
  });
  await toEnd(jobs, id);
  expect((await toEnd(jobs, id, 1)).heard).toEqual([notice('two')]);
});

test('a failure keeps its code', async () => {
  const jobs = new Jobs();
  // eslint-disable-next-line require-yield -- it fails before its first event
  const { id } = jobs.start(about, async function* () {
    throw new ScenelabError('DISK_FULL', 'Full', '', 'Make room');
  });
  expect((await toEnd(jobs, id)).end).toMatchObject({ state: 'failed', failure: { code: 'DISK_FULL' } });
});

test('a pause breaks the work off, going on begins it again', async () => {
  const jobs = new Jobs();
  let begun = 0;
  const { id } = jobs.start(
    about,
    waiting((times) => (begun = times)),
  );
  const end = toEnd(jobs, id);
  await expect.poll(() => begun).toBe(1);
  jobs.control(id, 'pause');
  expect(jobs.list('/p')[0]?.state).toBe('paused');
  jobs.control(id, 'resume');
  await expect.poll(() => begun).toBe(2);
  jobs.control(id, 'stop');
  expect((await end).end.state).toBe('stopped');
});

test('what is paused can be cancelled', async () => {
  const jobs = new Jobs();
  const { id } = jobs.start(about, waiting());
  jobs.control(id, 'pause');
  jobs.control(id, 'cancel');
  expect((await toEnd(jobs, id)).end).toEqual({ state: 'cancelled' });
});

test('a second training is refused while one runs', () => {
  const jobs = new Jobs();
  const { id } = jobs.start({ ...about, kind: 'train' }, waiting());
  expect(() => jobs.start({ ...about, kind: 'train' }, waiting())).toThrow(ScenelabError);
  jobs.control(id, 'cancel');
});

test('a reader that leaves is let go while nothing happens, and so is one that had left before', async () => {
  const jobs = new Jobs();
  const { id } = jobs.start(about, waiting());
  const leaving = new AbortController();
  const events = jobs.follow(id, 0, leaving.signal);
  expect((await events.next()).value).toMatchObject({ event: notice('begun 1') });
  const next = events.next();
  leaving.abort();
  await expect(next).rejects.toThrow('aborted');
  await expect(jobs.follow(id, 1, leaving.signal).next()).rejects.toThrow('aborted');
  jobs.control(id, 'cancel');
});
