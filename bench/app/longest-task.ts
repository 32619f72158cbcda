import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';

const events = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.looseObject({ name: z.string().optional() }).optional(),
    }),
  ),
});

const settled = 500; // milliseconds

/** What the page's main thread did at a stretch while `action` ran, as Chromium's own trace tells it, in milliseconds. */
export interface MainThreadTasks {
  longest: number;
  /** Processor time of the longest by that measure: what of it was not waiting for a core. */
  processor: number;
  /** Tasks of over 50 ms, which a person feels as a stutter. */
  long: number;
}

/** Runs an action and gives what tasks it cost the page's main thread. */
export async function tasksDuring(
  browser: Browser,
  page: Page,
  action: () => Promise<void>,
): Promise<MainThreadTasks> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  // Tracing has work to do in every process when it starts; no action is to be measured together with that.
  await page.waitForTimeout(settled);
  await action();
  const trace = events.parse(JSON.parse((await browser.stopTracing()).toString()));
  const threads = trace.traceEvents.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const isMain = (event: { pid: number; tid: number }) =>
    threads.some(({ pid, tid }) => event.pid === pid && event.tid === tid);
  const tasks = trace.traceEvents.filter((event) => event.name === 'RunTask' && isMain(event));
  if (tasks.length === 0) throw new Error('The trace holds no task of the main thread.');
  const most = (values: number[]) => values.reduce((largest, each) => Math.max(largest, each), 0) / 1000;
  return {
    longest: most(tasks.map(({ dur = 0 }) => dur)),
    processor: most(tasks.map(({ tdur = 0 }) => tdur)),
    long: tasks.filter(({ dur = 0 }) => dur > 50_000).length,
  };
}
