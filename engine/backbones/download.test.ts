import { createHash, randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Progress } from '../../contract/index.ts';
import { download, sha256Of } from './download.ts';
import { serveFile } from './serve-file-fixture.ts';

const bytes = randomBytes(3_000_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
/** A silence that no busy machine makes by itself. */
const patience = { retries: 2, waitMilliseconds: 1, silenceMilliseconds: 30_000 };
const never = new AbortController().signal;
let folder: string;
let file: string;
let part: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenelab-'));
  file = join(folder, 'backbones/weights.h5');
  part = `${file}.part`;
});
afterEach(() => rm(folder, { recursive: true }));

async function fetchFile(url: string, how: Partial<typeof patience> = {}): Promise<Progress[]> {
  return Array.fromAsync(download({ url, sha256 }, file, never, { ...patience, ...how }));
}

test('the file arrives whole, and its bytes are counted', async () => {
  await using server = await serveFile(bytes);
  const events = await fetchFile(server.url);
  expect(await sha256Of(file)).toBe(sha256);
  expect(events.at(-1)).toMatchObject({ stage: 'download', done: bytes.length, total: bytes.length });
});

test('a connection that breaks off is taken up where it broke', async () => {
  await using server = await serveFile(bytes, { breaksAfter: (n) => (n < 2 ? 1_000_000 : undefined) });
  await fetchFile(server.url);
  // What was on its way when it broke may be lost, so not to the byte.
  const [, second = 0, third = 0] = server.ranges.map((range) => Number(range?.slice('bytes='.length, -1)));
  expect(second).toBeGreaterThan(500_000);
  expect(third).toBeGreaterThan(second + 500_000);
  expect(await sha256Of(file)).toBe(sha256);
});

test('what has come is kept when it gives up, and the next call goes on from there', async () => {
  await using broken = await serveFile(bytes, { breaksAfter: () => 1_000_000 });
  await expect(fetchFile(broken.url, { retries: 0 })).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
    data: { met: 'The connection broke off after 1 MB, which are kept' },
  });
  const { size } = await stat(part);
  await using server = await serveFile(bytes);
  const events = await fetchFile(server.url);
  expect(server.ranges).toEqual([`bytes=${size}-`]);
  expect(events[0]).toMatchObject({ done: size, total: bytes.length });
  expect(await sha256Of(file)).toBe(sha256);
});

test('a server that falls silent counts as broken off', async () => {
  await using server = await serveFile(bytes, {
    breaksAfter: (n) => (n === 0 ? 1_000_000 : undefined),
    fallsSilent: true,
  });
  await fetchFile(server.url, { silenceMilliseconds: 2000 });
  expect(server.ranges).toHaveLength(2);
  expect(await sha256Of(file)).toBe(sha256);
});

test('a server that knows no ranges sends the whole file again', async () => {
  await using server = await serveFile(bytes, {
    breaksAfter: (n) => (n === 0 ? 1_000_000 : undefined),
    knowsRanges: false,
  });
  await fetchFile(server.url);
  expect(await sha256Of(file)).toBe(sha256);
});

test('wrong bytes are refused and do not stay', async () => {
  await using server = await serveFile(randomBytes(3_000_000));
  await expect(fetchFile(server.url)).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
  expect([existsSync(file), existsSync(part)]).toEqual([false, false]);
});

test.each([
  ['shorter than', 1_000_000],
  ['as long as', bytes.length],
])('the part of another file, %s this one, is fetched anew', async (_how, length) => {
  await using server = await serveFile(bytes);
  await mkdir(dirname(part));
  await writeFile(part, randomBytes(length));
  await fetchFile(server.url);
  expect(server.ranges).toEqual([`bytes=${length}-`, undefined]);
  expect(await sha256Of(file)).toBe(sha256);
});

test('cancelled, it stops and keeps what has come', async () => {
  await using server = await serveFile(bytes, { breaksAfter: () => 1_000_000, fallsSilent: true });
  const cancel = new AbortController();
  const fetched = Array.fromAsync(download({ url: server.url, sha256 }, file, cancel.signal, patience));
  const rejected = expect(fetched).rejects.toMatchObject({ name: 'AbortError' });
  await vi.waitUntil(() => existsSync(part) && statSync(part).size > 500_000, 10_000);
  cancel.abort();
  await rejected;
  expect((await stat(part)).size).toBeGreaterThan(500_000);
});

test('a file that is not there is not asked for again', async () => {
  await using server = await serveFile(bytes, { status: 404 });
  await expect(fetchFile(server.url)).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
  expect(server.ranges).toHaveLength(1);
});

test('without a network it says so', async () => {
  const server = await serveFile(bytes);
  await server[Symbol.asyncDispose]();
  await expect(fetchFile(server.url)).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
    data: { met: expect.stringContaining("can't be reached") },
  });
});
