import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExperimentId, ExperimentResult } from '../../contract/index.ts';
import { userDataFolder } from '../folders.ts';

const folder = () => join(userDataFolder(), 'experiments');
const fileOf = (id: ExperimentId) => join(folder(), `${id}.json`);

/** Keeps what came of an experiment, in the place of what came before. */
export async function storeExperiment(result: ExperimentResult): Promise<void> {
  await mkdir(folder(), { recursive: true });
  const file = fileOf(result.id);
  await writeFile(`${file}.partial`, JSON.stringify(result, null, 2));
  await rename(`${file}.partial`, file);
}

/** What came of the experiments that were run, the last time of each. One that can't be read counts as not run. */
export async function readExperiments(): Promise<ExperimentResult[]> {
  const read = await Promise.all(
    ExperimentId.options.map(async (id) => {
      const text = await readFile(fileOf(id), 'utf8').catch(() => null);
      return text === null ? [] : (parsed(text) ?? []);
    }),
  );
  return read.flat();
}

function parsed(text: string): ExperimentResult | null {
  try {
    return ExperimentResult.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
