import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { chromiumArguments, findChromium } from '../e2e/find-chromium.ts';
import { makeProject } from './app/make-project.ts';
import { openApp, type OpenApp } from './app/open-app.ts';
import { addAgain, labelPhotos, scrollPhotos } from './app/use-photos.ts';
import { writeResults } from './results.ts';

/**
 * How the app feels with many photos: the built page in headless Chromium, on the real host and engine, with a project of
 * generated photos that the app's own import made. The first time makes them and takes minutes.
 *
 * `npm run build && node bench/app.ts [--photos 10000] [--rounds 5] [--write]`
 */
const { values: options } = parseArgs({
  options: {
    photos: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const project = await makeProject(Number(options.photos));
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: chromiumArguments,
  // Headless Chromium hides them by default; people drag them.
  ignoreDefaultArgs: ['--hide-scrollbars'],
});
const starts: OpenApp['times'][] = [];
for (let round = 0; round < Number(options.rounds); round++) {
  const { times, close } = await openApp(browser, project);
  starts.push(times);
  await close();
}
const { page, received, close } = await openApp(browser, project);
const scrolled = await scrollPhotos(browser, page);
const labelled = await labelPhotos(browser, page);
const before = received.length;
const added = await addAgain(browser, page, project.photos);
const events = received.slice(before);
const perSecond = Math.max(
  ...events.map((from) => events.filter((at) => at >= from && at < from + 1000).length),
);
await close();
await browser.close();

const ms = (value: number) => `${Math.round(value)} ms`;
const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]) => sorted(values)[values.length >> 1] ?? Number.NaN;
const start = (what: keyof OpenApp['times']) => {
  const values = sorted(starts.map((times) => times[what]));
  return `${ms(median(values))} | ${ms(values[0] ?? Number.NaN)} … ${ms(values.at(-1) ?? Number.NaN)}`;
};
const table = `Load of the machine ${loadavg()
  .map((load) => load.toFixed(1))
  .join(', ')}; ${options.photos} photos.

| from process start until | median | range of ${options.rounds} |
| --- | --: | --: |
| the page is served | ${start('served')} |
| the grid lists the photos and answers | ${start('listed')} |
| every photo in view shows its picture | ${start('pictured')} |

| | wait, median | wait, longest | longest task | of it, processor | tasks over 50 ms |
| --- | --: | --: | --: | --: | --: |
${[...scrolled, ...labelled, added]
  .map(({ name, waits, longest, processor, long }) => {
    const waited = waits.length > 0 ? [ms(median(waits)), ms(Math.max(...waits))] : ['', ''];
    return `| ${[name, ...waited, ms(longest), ms(processor), long].join(' | ')} |`;
  })
  .join('\n')}

Messages from the engine while the folder was added again: at most ${perSecond} in any second.`;
console.log(table);
if (options.write) writeResults(`The app with ${options.photos} photos`, table);
