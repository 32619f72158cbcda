import { expect, test } from 'vitest';
import { ScenelabError, type ImportResult, type JobEnd, type WorkEvent } from '../../contract/index.ts';
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
const notice = (message: string): WorkEvent => ({ kind: 'notice', code: 'TEST', message });
const progress = (done: number): WorkEvent => ({
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
): Promise<{ heard: (WorkEvent | null)[]; end: JobEnd }> {
  const events = jobs.follow(id, after);
  const heard: (WorkEvent | null)[] = [];
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

test('of an experiment all that it measured is heard late, and where it stands', async () => {
  const place = { arm: 'dense', x: 0, seed: 1 };
  const at = (share: number): WorkEvent => {
    return { kind: 'trial', ...place, seeds: 1, epoch: 1, epochs: 2, share, secondsLeft: null };
  };
  const measured: WorkEvent = { kind: 'measured', ...place, accuracy: 0.9 };
  const jobs = new Jobs();
  const { id } = jobs.start({ ...about, kind: 'experiment' }, async function* () {
    yield progress(1);
    yield at(0.1);
    yield measured;
    yield at(0.5);
    yield { ...measured, x: 1 };
    return { kind: 'import', imported: result };
  });
  await toEnd(jobs, id);
  expect((await toEnd(jobs, id)).heard).toEqual([measured, at(0.5), { ...measured, x: 1 }]);
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

test('a second training is refused while one runs, whatever trains; an import is not', () => {
  const jobs = new Jobs();
  const { id } = jobs.start({ ...about, kind: 'train' }, waiting());
  for (const kind of ['train', 'lab', 'experiment'] as const)
    expect(() => jobs.start({ ...about, kind }, waiting())).toThrow(ScenelabError);
  jobs.control(jobs.start(about, waiting()).id, 'cancel');
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
