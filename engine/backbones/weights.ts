import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import { replaceFolder } from '../files/replace-folder.ts';

/** Values of one weight of a layer, row-major, under the layers model's name for it: `stem-conv/kernel`. */
export interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * `weights.json` beside `weights.bin`: which bytes to expect, and the weights that lie in them one after the other,
 * little-endian and row-major.
 */
const Manifest = z.object({
  network: z.string(),
  /** Classes that the network answers with; 0 where it ends in the embedding. */
  classes: z.number().int(),
  source: z.string(),
  licence: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  weights: z.array(
    z.object({ name: z.string(), dtype: z.enum(['float16', 'float32']), shape: z.array(z.number().int()) }),
  ),
});
export type WeightsManifest = z.infer<typeof Manifest>;

const manifestFile = 'weights.json';
const valuesFile = 'weights.bin';
const whatToDo = 'Add the backbone again; if it came with Scenelab, install that again';

/** What a weights folder says of itself; null where there is none that can be used. */
export function readManifest(folder: string): WeightsManifest | null {
  try {
    return Manifest.parse(JSON.parse(readFileSync(join(folder, manifestFile), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * The weights of a folder, as float32.
 * @throws ScenelabError NOT_READABLE, or CHECKSUM_MISMATCH when the bytes are not those that were written.
 */
export async function readWeights(folder: string, manifest: WeightsManifest): Promise<NamedWeight[]> {
  const path = join(folder, valuesFile);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ScenelabError('NOT_READABLE', `${path} can't be read`, '', whatToDo, cause);
  });
  const found = sha256(bytes);
  if (found !== manifest.sha256)
    throw new ScenelabError('CHECKSUM_MISMATCH', `${path} has SHA-256 ${found}`, manifest.sha256, whatToDo);
  let offset = bytes.byteOffset;
  return manifest.weights.map(({ name, dtype, shape }) => {
    const start = offset;
    offset += sizeOf(shape) * (dtype === 'float16' ? 2 : 4);
    const values = bytes.buffer.slice(start, offset);
    const data = new Float32Array(dtype === 'float16' ? new Float16Array(values) : values);
    return { name, shape, data };
  });
}

/** Writes a weights folder, or what replaces it. Throws DISK_FULL or NOT_WRITABLE. */
export async function writeWeights(
  folder: string,
  about: Pick<WeightsManifest, 'network' | 'classes' | 'source' | 'licence'>,
  weights: readonly NamedWeight[],
  dtypeOf: (weight: NamedWeight) => 'float16' | 'float32',
): Promise<WeightsManifest> {
  const parts = weights.map((weight) =>
    dtypeOf(weight) === 'float16' ? new Float16Array(weight.data) : weight.data,
  );
  const bytes = Buffer.concat(parts.map((p) => Buffer.from(p.buffer, p.byteOffset, p.byteLength)));
  const manifest = {
    ...about,
    bytes: bytes.length,
    sha256: sha256(bytes),
    weights: weights.map((weight) => ({
      name: weight.name,
      dtype: dtypeOf(weight),
      shape: [...weight.shape],
    })),
  };
  await replaceFolder(folder, async (fresh) => {
    await writeFile(join(fresh, valuesFile), bytes);
    await writeFile(join(fresh, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`);
  });
  return manifest;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
