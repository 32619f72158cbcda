import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ScenelabError, type BackboneInfo, type Notice, type Progress } from '../../contract/index.ts';
import { cacheFolder } from '../folders.ts';
import { startProgress } from '../progress.ts';
import { startRuntime } from '../tensorflow/index.ts';
import { download, sha256Of, type Download } from './download.ts';
import { readH5 } from './h5.ts';
import { buildNetwork } from './load-backbone.ts';
import { classesIn, matchKerasWeights } from './match-keras-weights.ts';
import { backboneEntry, describeBackbone, weightsFolder, type BackboneEntry } from './registry.ts';
import { readManifest, readWeights, writeWeights } from './weights.ts';

/** ImageNet's, the only classes whose names are known here. */
const knownClasses = 1000;

/**
 * Puts a backbone's weights on this machine: from a `.h5` file that Keras saved, or fetched from where Keras publishes
 * them. Runs beside TensorFlow. An embedded or already added backbone is left as it is unless a file is given.
 * `published` stands in for the registry's place and SHA-256 of the file.
 * @throws ScenelabError BACKBONE_UNKNOWN, USAGE, NOT_FOUND, NOT_READABLE, MODEL_INVALID, and as `download`.
 */
export async function* addBackbone(
  { backbone, file }: { backbone: string; file?: string | undefined },
  signal: AbortSignal,
  published?: Download,
): AsyncGenerator<Progress | Notice, BackboneInfo> {
  const entry = backboneEntry(backbone);
  const source = published ?? entry.download;
  if (file !== undefined) {
    if (!source) throw comesWithTheApp(entry);
    if (!existsSync(file))
      throw new ScenelabError('NOT_FOUND', `There is no file ${file}`, '', 'Check its name');
    yield* install(entry, source, resolve(file));
  } else if (source && !(await isIntact(entry))) {
    const fetched = join(cacheFolder(), 'backbones', basename(new URL(source.url).pathname));
    yield* download(source, fetched, signal);
    yield* install(entry, source, fetched);
    await rm(fetched);
  }
  return describeBackbone(entry);
}

/** Keeps a Keras file's weights in the format that loads fast. */
async function* install(
  entry: BackboneEntry,
  source: Download,
  file: string,
): AsyncGenerator<Progress | Notice, void> {
  const meter = startProgress('prepare', 1);
  yield meter.now(0);
  const datasets = await readH5(file);
  const classes = classesIn(datasets) === knownClasses ? knownClasses : 0;
  const asPublished = (await sha256Of(file)) === source.sha256;
  if (!asPublished)
    yield notice(
      'OTHER_WEIGHTS',
      `${basename(file)} is not the file that Keras publishes. It is used as it is.`,
    );
  if (classes === 0)
    yield notice(
      'NO_CLASSES',
      `${entry.name} can be trained on, but has no ImageNet classes to answer with.`,
    );
  await startRuntime();
  const model = buildNetwork(entry.id, classes);
  try {
    const about = {
      network: entry.id,
      classes,
      source: asPublished ? source.url : basename(file),
      licence: asPublished ? entry.licence : 'unknown',
    };
    await writeWeights(weightsFolder(entry), about, matchKerasWeights(model, datasets), () => 'float32');
  } finally {
    model.dispose();
  }
  yield meter.now(1);
}

async function isIntact(entry: BackboneEntry): Promise<boolean> {
  const folder = weightsFolder(entry);
  const manifest = readManifest(folder);
  return (
    manifest !== null &&
    (await readWeights(folder, manifest).then(
      () => true,
      () => false,
    ))
  );
}

function notice(code: string, message: string): Notice {
  return { kind: 'notice', code, message };
}

function comesWithTheApp({ id, name }: BackboneEntry): ScenelabError {
  return new ScenelabError(
    'USAGE',
    `${name} comes with Scenelab`,
    'no file for it',
    `Use it as ${id}, or add a file to inception-v3`,
  );
}
