import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  ScenelabError,
  type ExportFormat,
  type ExportInput,
  type ExportResult,
  type Notice,
  type Parity,
  type Progress,
} from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { argmax } from '../evaluation/argmax.ts';
import { writeFailure } from '../files/write-failure.ts';
import { findModel } from '../models/find-model.ts';
import { codeExample, type Usage } from '../models/use-in-code.ts';
import { openClassifier } from '../prediction/index.ts';
import { startProgress } from '../progress.ts';
import { claimFolders } from './claim-folders.ts';
import { parityPhotos, type ParityPhoto } from './parity-photos.ts';
import { largestDifference, parityOf } from './parity.ts';

/** A larger difference from the app than float32's rounding explains in any of the runtimes. */
const tolerated = 1e-3;

/** What the app answers to the photos of the comparison. */
interface Reference {
  readonly usage: Usage;
  readonly photos: readonly ParityPhoto[];
  readonly answers: readonly Float32Array[];
}

/**
 * Leaves a model in other formats: directly in `out`, or with several formats each in its own folder there. Every file is
 * loaded again by its format's own runtime and compared with the app before it takes its place; `parity.json` says how
 * they agree.
 * @throws ScenelabError NOT_FOUND, MODEL_INVALID, USAGE (a bare backbone), NOT_WRITABLE, DISK_FULL
 */
export async function* exportModel(
  compute: Compute,
  { model, formats, out }: ExportInput,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, ExportResult> {
  const found = findModel(model);
  if (found.kind === 'backbone') throw bareBackbone(found.id);
  const targets = await claimFolders(out, formats);
  const progress = startProgress('export', targets.length);
  yield progress.now(0);
  const reference = await askApp(compute, found, signal);
  const exports: ExportResult['exports'] = [];
  for (const { format, folder } of targets) {
    const parity = yield* exportOne(compute, { from: found.folder, folder, format }, reference, signal);
    const use = codeExample(format, reference.usage);
    exports.push({ format, folder, files: await filesIn(folder), parity, use });
    yield* doubts(format, parity, reference.photos.length);
    yield progress.now(exports.length);
  }
  return { exports };
}

async function askApp(
  compute: Compute,
  found: Extract<ReturnType<typeof findModel>, { kind: 'model' }>,
  signal: AbortSignal,
): Promise<Reference> {
  await using classifier = await openClassifier(compute, found);
  const photos = await parityPhotos(found.run, classifier, signal);
  const answers = await classifier.classify(
    photos.map(({ pixels }) => pixels),
    signal,
  );
  const { classNames, framing, inputSize } = classifier;
  return { usage: { classNames, framing, inputSize }, photos, answers };
}

async function* exportOne(
  compute: Compute,
  { from, folder, format }: { from: string; folder: string; format: ExportFormat },
  reference: Reference,
  signal: AbortSignal,
): AsyncGenerator<Progress, Parity, void> {
  const fresh = `${folder}.partial`;
  try {
    await rm(fresh, { recursive: true, force: true });
    await compute.call('convertModel', { from, to: fresh, format }, { signal });
    const photos = reference.photos.map(({ pixels }) => pixels);
    const answers = yield* compute.stream('runExport', { folder: fresh, photos }, { signal });
    const parity = answers ? parityOf(reference.answers, answers) : notCompared;
    await writeFile(join(fresh, 'parity.json'), parityFile(format, parity, reference, answers ?? []));
    // Copied over, not swapped: whatever else a person put beside an earlier export stays.
    await cp(fresh, folder, { recursive: true });
    return parity;
  } catch (error) {
    throw writeFailure(error, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
  }
}

const notCompared: Parity = { n: 0, top1Agreement: 1, maxAbsDifference: 0 };

function parityFile(
  format: ExportFormat,
  parity: Parity,
  { usage: { classNames }, photos, answers }: Reference,
  exported: readonly Float32Array[],
): string {
  const best = (answer: Float32Array) => {
    const c = argmax(answer);
    return { className: classNames[c], probability: answer[c] };
  };
  const compared = exported.map((answer, i) => {
    const app = answers[i] ?? new Float32Array(0);
    return {
      photo: basename(photos[i]?.path ?? ''),
      app: best(app),
      exported: best(answer),
      maxAbsDifference: largestDifference(app, answer),
    };
  });
  return `${JSON.stringify({ format, ...parity, photos: compared }, null, 2)}\n`;
}

function* doubts(format: ExportFormat, parity: Parity, photos: number): Generator<Notice> {
  if (parity.n < photos)
    yield {
      kind: 'notice',
      code: 'NOT_COMPARED',
      message: `The ${format} export was written but not run: its runtime is not on this machine.`,
    };
  else if (parity.maxAbsDifference > tolerated || parity.top1Agreement < 1)
    yield {
      kind: 'notice',
      code: 'PARITY',
      message:
        `The ${format} export differs from the app by up to ${parity.maxAbsDifference.toPrecision(2)}; ` +
        `${Math.round(parity.top1Agreement * parity.n)} of ${parity.n} photos get the same answer. See parity.json.`,
    };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function bareBackbone(id: string): ScenelabError {
  return new ScenelabError(
    'USAGE',
    `${id} is a bare backbone`,
    'a trained model or a project',
    'Train on photos of your own first',
  );
}
