import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFormat } from '../../contract/index.ts';
import { replaceFolder } from '../files/replace-folder.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { metadataOf } from './metadata.ts';
import { modelCard, withUse } from './model-card.ts';
import { writeNetwork } from './network-files.ts';
import { signatureOf } from './signature.ts';
import type { ModelDetails, TrainedModel } from './trained-model.ts';
import { useInCode } from './use-in-code.ts';

export interface ModelToWrite {
  readonly folder: string;
  readonly model: TrainedModel;
  readonly details: ModelDetails;
}

/**
 * Leaves a model in a folder, all or nothing: a TF.js layers model with the pixel values of Teachable Machine
 * (`pixel / 127 - 1`), `labels.txt`, `metadata.json`, `signature.json` and `model-card.md`. `readModel` reads it again.
 * Throws DISK_FULL or NOT_WRITABLE. A task of the compute thread.
 */
export async function writeModel({ folder, model, details }: ModelToWrite): Promise<void> {
  await startRuntime();
  const card = modelCard(model, model.inputSize, details);
  await replaceFolder(folder, (fresh) => writeModelFiles(fresh, model, 'tfjs', card));
}

/** Writes the files of a model in a format into an empty folder. `card` gets that format's part about use. */
export async function writeModelFiles(
  folder: string,
  model: TrainedModel,
  format: ExportFormat,
  card: string,
): Promise<void> {
  const { classNames, inputSize } = model;
  const file = await writeNetwork(model, format, folder);
  const write = (name: string, content: string) => writeFile(join(folder, name), content);
  const asJson = (content: object) => `${JSON.stringify(content, null, 2)}\n`;
  // Teachable Machine's example for Keras takes two characters off each label.
  const label = (name: string, i: number) => (format === 'keras' ? `${i} ${name}\n` : `${name}\n`);
  await write('labels.txt', classNames.map(label).join(''));
  await write('signature.json', asJson(signatureOf(model, file)));
  await write('model-card.md', withUse(card, useInCode(format, model)));
  if (format === 'tfjs') await write('metadata.json', asJson(metadataOf(model, inputSize, tf.version.tfjs)));
}
