import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportFormat } from '../../contract/index.ts';
import { writeFailure } from '../files/write-failure.ts';
import { readModel } from '../models/read-model.ts';
import { writeModelFiles } from '../models/write-model.ts';
import { startRuntime } from '../tensorflow/index.ts';

/**
 * Writes the model of a folder in a format into another folder, which is made. A task of the compute thread.
 * @throws ScenelabError as `readModel`, and DISK_FULL or NOT_WRITABLE.
 */
export async function convertModel({
  from,
  to,
  format,
}: {
  from: string;
  to: string;
  format: ExportFormat;
}): Promise<void> {
  await startRuntime();
  const model = await readModel(from);
  const card = join(from, 'model-card.md');
  const text = existsSync(card) ? await readFile(card, 'utf8') : `# ${model.name}`;
  try {
    await mkdir(to, { recursive: true });
    await writeModelFiles(to, model, format, text);
  } catch (error) {
    throw writeFailure(error, to);
  }
}
