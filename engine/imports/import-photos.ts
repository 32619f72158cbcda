import { availableParallelism } from 'node:os';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import {
  photoFormats,
  ScenelabError,
  type ImportInput,
  type ImportResult,
  type Notice,
  type Progress,
  type Skipped,
} from '../../contract/index.ts';
import { countLabels } from '../library/labels.ts';
import type { Library } from '../library/library.ts';
import { parseLabelsCsv, pathKey, type CsvLabels } from '../library/parse-labels-csv.ts';
import { mapInOrder } from '../map-in-order.ts';
import { startProgress } from '../progress.ts';
import { forgetSkips, forgetVanished } from './forget-vanished.ts';
import { ImportBatch } from './import-batch.ts';
import { photoReader } from './read-photo.ts';
import { scanFolders, type FoundFile } from './scan-folders.ts';

/** Enough photos at once that reading, hashing and storing some never leaves a core without one to decode. */
const atOnce = 2 * availableParallelism() + 2;
const bytesAtOnce = 512 * 2 ** 20;

/**
 * Takes the photos below `input.folders` into the library: scans, reads every new or changed file once, stores it. Folder
 * names (or a CSV) become labels, as one step that undo takes back. What a person labelled stays. A file that can't be
 * taken is listed with its reason, and the rest goes on. What is stored stays stored, whatever happens: cancelling through
 * `signal` throws CANCELLED. Throws NOT_FOUND for a folder that isn't there or is taken away, NO_PHOTOS, DISK_FULL and what
 * `openLibrary` names.
 */
export async function* importPhotos(
  library: Library,
  input: Omit<ImportInput, 'project'>,
  signal?: AbortSignal,
): AsyncGenerator<Progress | Notice, ImportResult> {
  const csv = input.labelsFrom === undefined ? null : await parseLabelsCsv(input.labelsFrom);
  const { files, skipped, suggestedLabel } = yield* scan(library, input, signal);
  if (csv) yield* labelFromCsv(files, csv);

  const batch = new ImportBatch(library, `Labels from ${csv ? 'a CSV' : 'folders'}`, input.groupByFolder);
  for (const skip of skipped) batch.add({ ...skip, kind: 'skipped' });
  const meter = startProgress('import', files.length);
  const options = { atOnce, ahead: atOnce, weigh: (file: FoundFile) => file.size, budget: bytesAtOnce };
  let done = 0;
  yield meter.now(0);
  try {
    for await (const read of mapInOrder(files, await photoReader(library), options)) {
      batch.add(read);
      done += 1;
      const event = meter.at(done);
      if (event) yield event;
      stopIfCancelled(signal);
    }
  } finally {
    batch.store();
  }
  yield meter.now(done);
  const gone = input.folders.filter((folder) => !existsSync(folder));
  if (gone.length > 0) throw takenAway(library, gone, batch.imported);
  forgetVanished(library, input.folders, files, batch.skipped);
  const { imported, duplicates, unchanged, conflicts } = batch;
  if (conflicts > 0)
    yield {
      kind: 'notice',
      code: 'LABEL_CONFLICT',
      message: `The same photos lie in folders of different labels (${conflicts} files); their first label was kept.`,
    };
  if (imported + duplicates + unchanged === 0) throw noPhotos(input.folders, batch.skipped);
  return {
    imported,
    duplicates,
    unchanged,
    skipped: batch.skipped,
    labels: countLabels(library),
    suggestedLabel: csv ? null : suggestedLabel,
  };
}

async function* scan(
  library: Library,
  { folders, nested }: Pick<ImportInput, 'folders' | 'nested'>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, { files: FoundFile[]; skipped: Skipped[]; suggestedLabel: string | null }> {
  const files: FoundFile[] = [];
  const skipped: Skipped[] = [];
  const meter = startProgress('scan', null);
  const found = scanFolders(folders, { nested, except: library.folder });
  for (let next = await found.next(); ; next = await found.next()) {
    if (next.done) {
      yield meter.now(files.length);
      return { files, skipped, ...next.value };
    }
    if (next.value.kind === 'file') files.push(next.value);
    else skipped.push({ path: next.value.path, code: next.value.code, reason: next.value.reason });
    const event = meter.at(files.length);
    if (event) yield event;
    stopIfCancelled(signal);
  }
}

/** Gives the files the labels of a CSV instead of their folders'. */
function* labelFromCsv(files: FoundFile[], csv: CsvLabels): Generator<Notice> {
  const unmet = new Map(csv);
  for (const file of files) {
    const key = pathKey(file.path);
    file.label = csv.get(key)?.label ?? null;
    unmet.delete(key);
  }
  if (unmet.size === 0) return;
  const names = [...unmet.values()].map(({ path }) => path);
  const shown = `${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}`;
  yield {
    kind: 'notice',
    code: 'UNKNOWN_PATHS',
    message: `${names.length} paths of the CSV are not among the photos: ${shown}`,
  };
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new ScenelabError(
      'CANCELLED',
      'The import was cancelled',
      '',
      'What was imported stays; import again to go on',
    );
}

/** A folder that was deleted, or whose disk was pulled: its files are no skipped ones, they can come another time. */
function takenAway(library: Library, folders: readonly string[], imported: number): ScenelabError {
  for (const folder of folders) forgetSkips(library, folder);
  return new ScenelabError(
    'NOT_FOUND',
    `${folders.join(', ')} was taken away while it was imported; ${imported} photos are in`,
    '',
    'Connect its disk or put the folder back, then add it again: the others come in then',
  );
}

function noPhotos(folders: readonly string[], skipped: readonly Skipped[]): ScenelabError {
  const examples = skipped.slice(0, 2).map(({ path, reason }) => `${basename(path)}: ${reason}`);
  const others = skipped.length - examples.length;
  const many = others > 0 ? ` ${others} more can't be used either` : '';
  return new ScenelabError(
    'NO_PHOTOS',
    skipped.length === 0
      ? `There are no files in ${folders.join(', ')}`
      : `There are no photos in there. ${examples.join(' ')}${many}`.replace(/\.$/, ''),
    photoFormats,
    'Choose other photos or another folder',
  );
}
