import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import { Metadata } from './metadata.ts';
import { Signature, teachableMachineScale } from './signature.ts';
import type { ModelInfo } from './trained-model.ts';

/** Models of other programs say nothing about it: an answer that is rather wrong than right. */
const unsureBelowByDefault = 0.5;

/**
 * What the model in a folder says about itself: one of Scenelab's (signature.json), or a Teachable Machine export
 * (metadata.json). Needs no TensorFlow.
 * @throws ScenelabError NOT_FOUND without such a folder, MODEL_INVALID when it holds no model that can be read.
 */
export async function readModelInfo(folder: string): Promise<ModelInfo> {
  if (!existsSync(folder))
    throw new ScenelabError(
      'NOT_FOUND',
      `There is no folder ${folder}`,
      'the folder of a model',
      'Check the path',
    );
  const signature = await readJson(folder, 'signature.json', Signature);
  if (signature && signature.format !== 'tf_js_layers')
    throw invalid(
      folder,
      `holds a model for other programs (${signature.filename})`,
      'Use the TF.js export (--format tfjs) or the project itself',
    );
  if (signature) return infoOf(signature);
  const metadata = await readJson(folder, 'metadata.json', Metadata);
  if (!metadata) throw noModel(folder);
  return {
    name: metadata.modelName ?? basename(folder),
    classNames: metadata.labels,
    framing: 'crop',
    pixelScale: teachableMachineScale,
    backbone: null,
    unsureBelow: unsureBelowByDefault,
    trainingPhotos: [],
  };
}

function infoOf(signature: Signature): ModelInfo {
  const { backbone, unsureBelow, trainingPhotos, preprocessing } = signature;
  const classNames = signature.classes.Label;
  return { name: signature.doc_name, classNames, backbone, unsureBelow, trainingPhotos, ...preprocessing };
}

/** A file of a model's folder, checked; null when it does not exist. */
export async function readJson<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T | null> {
  const file = join(folder, name);
  if (!existsSync(file)) return null;
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw invalid(folder, `has a damaged ${name}`, undefined, error);
  }
}

function noModel(folder: string): ScenelabError {
  return new ScenelabError(
    'MODEL_INVALID',
    `There is no model in ${folder}: it has neither signature.json nor metadata.json`,
    'the folder of an exported model, a project, or a folder that was trained on',
    'Check the path, or train or export the model again',
  );
}

/** What is told of a model that can't be used. */
export function invalid(
  folder: string,
  what: string,
  fix = 'Train or export it again',
  cause?: unknown,
): ScenelabError {
  return new ScenelabError('MODEL_INVALID', `The model in ${folder} ${what}`, '', fix, cause);
}
