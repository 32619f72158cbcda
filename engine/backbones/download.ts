import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ScenelabError, type Progress } from '../../contract/index.ts';
import { writeFailure } from '../files/write-failure.ts';
import { startProgress } from '../progress.ts';

/** A file elsewhere, and the SHA-256 that says it is the right one. */
export interface Download {
  readonly url: string;
  readonly sha256: string;
}

interface Patience {
  /** Broken connections taken up again before giving up. */
  readonly retries: number;
  readonly waitMilliseconds: number;
  /** How long nothing may come before the connection counts as broken. */
  readonly silenceMilliseconds: number;
}

const usual: Patience = { retries: 4, waitMilliseconds: 1000, silenceMilliseconds: 30_000 };

/**
 * Fetches a file; `done` of the events are bytes. What has come stays in `<file>.part` when the connection, or the app,
 * breaks off, and the next call goes on from there.
 * @throws ScenelabError DOWNLOAD_FAILED, CHECKSUM_MISMATCH, DISK_FULL, NOT_WRITABLE
 */
export async function* download(
  source: Download,
  file: string,
  signal: AbortSignal,
  patience = usual,
): AsyncGenerator<Progress, void> {
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  const resumed = (await sizeOf(part)) > 0;
  for (let retries = 0; ; retries++) {
    try {
      yield* fetchRest(source.url, part, signal, patience.silenceMilliseconds);
      break;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ScenelabError) throw error;
      if (retries === patience.retries) throw await brokenOff(source.url, part, error);
      await delay(patience.waitMilliseconds, undefined, { signal });
    }
  }
  const found = await sha256Of(part);
  if (found !== source.sha256) {
    await rm(part);
    // The file may have changed since its first part came.
    if (resumed) return yield* download(source, file, signal, patience);
    throw new ScenelabError(
      'CHECKSUM_MISMATCH',
      `What came from ${source.url} has SHA-256 ${found}`,
      source.sha256,
      'Try again; if it stays so, get the file by other means and add it from there',
    );
  }
  await rename(part, file);
}

/** SHA-256 of a file, 64 hex digits. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function* fetchRest(
  url: string,
  part: string,
  signal: AbortSignal,
  silence: number,
): AsyncGenerator<Progress, void> {
  const kept = await sizeOf(part);
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(new Error(`Nothing came for ${silence} ms`)), silence);
  try {
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...(kept > 0 && { range: `bytes=${kept}-` }) },
      signal: AbortSignal.any([signal, silent.signal]),
    });
    // Asked for what lies behind its end: the file is whole, or not the same any more, which its checksum will tell.
    if (response.status === 416) return;
    if (!response.ok || !response.body) throw refused(url, response);
    const resumed = response.status === 206;
    let done = resumed ? kept : 0;
    const length = response.headers.get('content-length');
    const meter = startProgress('download', length === null ? null : done + Number(length), done);
    yield meter.now(done);
    await using to = await open(part, resumed ? 'a' : 'w');
    for await (const bytes of response.body) {
      timer.refresh();
      await to.writeFile(bytes).catch((error: unknown) => {
        throw writeFailure(error, dirname(part));
      });
      done += bytes.length;
      const progress = meter.at(done);
      if (progress) yield progress;
    }
    yield meter.now(done);
  } finally {
    clearTimeout(timer);
  }
}

function refused(url: string, { status, statusText }: Response): Error {
  const met = `${new URL(url).host} answered ${status} ${statusText}`.trim();
  // The server's own trouble may pass.
  if (status >= 500) return new Error(met);
  return failed(met);
}

async function brokenOff(url: string, part: string, cause: unknown): Promise<ScenelabError> {
  const kept = await sizeOf(part);
  if (kept === 0) return failed(`${url} can't be reached`, cause);
  return failed(`The connection broke off after ${Math.round(kept / 1e6)} MB, which are kept`, cause);
}

function failed(met: string, cause?: unknown): ScenelabError {
  return new ScenelabError(
    'DOWNLOAD_FAILED',
    met,
    '',
    'Try again when the network is there, or get the file by other means and add it from there (`--file`)',
    cause,
  );
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}
