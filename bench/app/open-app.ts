import type { Browser, Page } from '@playwright/test';
import { launchHost } from '../../e2e/launch-host.ts';
import type { BenchProject } from './make-project.ts';
import { until, watchPage } from './page-clock.ts';

/** The app with the bench's project in its window. Times are milliseconds from the start of its process. */
export interface OpenApp {
  page: Page;
  /** Until the page could be asked for; until its grid listed photos and answers; until those in view showed. */
  times: { served: number; listed: number; pictured: number };
  /** When something came from the engine, in milliseconds since 1970. */
  received: number[];
  close(): Promise<void>;
}

const now = () => performance.timeOrigin + performance.now();

/** Starts the app's processes and opens the project, as after a reload, in a browser that runs. */
export async function openApp(browser: Browser, { folder, key }: BenchProject): Promise<OpenApp> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await watchPage(page);
  const received: number[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', () => received.push(now())));
  const began = now();
  const host = await launchHost(folder);
  const served = now() - began;
  await page.goto(`${host.address}#project=${key}`);
  const { listed, pictured } = await until(page, (noted) => noted.pictured !== null);
  const times = { served, listed: (listed ?? 0) - began, pictured: (pictured ?? 0) - began };
  // What comes after the pictures, TensorFlow above all, belongs to no measurement.
  await page.waitForTimeout(3000);
  const close = async () => {
    await page.close();
    await host.stop();
  };
  return { page, times, received, close };
}
