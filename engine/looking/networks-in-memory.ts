import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Weight } from '../graph/index.ts';
import type { SeenModel } from './find-seen.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { readSeenNetwork, type SeenNetwork } from './seen-network.ts';

/** Three side by side, and one that reads digits. */
const mostKept = 4;

interface KeptNetwork {
  readonly network: SeenNetwork;
  /** Its weights as tensors, as far as they were needed. */
  readonly weights: Map<Weight, tf.Tensor>;
}

/** The networks that were looked into last, the newest at the end. */
const kept = new Map<string, KeptNetwork>();

/**
 * Does something with a network on the compute thread. Those used last stay in memory, so that a person who goes through
 * layers or draws waits for no reading; what `use` does with `weights` it has to begin before it awaits anything.
 * @throws ScenelabError as `readSeenNetwork`.
 */
export async function withNetwork<T>(
  model: SeenModel,
  use: (kept: KeptNetwork) => T | Promise<T>,
): Promise<T> {
  const key = keyOf(model);
  if (!kept.has(key)) {
    await startRuntime();
    const network = await readSeenNetwork(model);
    if (!kept.has(key)) kept.set(key, { network, weights: new Map() });
  }
  const found = kept.get(key);
  if (!found) throw new Error(`The network ${key} was let go while it was being read.`);
  kept.delete(key);
  kept.set(key, found);
  for (const old of [...kept.keys()].slice(0, -mostKept)) letGo(old);
  return use(found);
}

function letGo(key: string): void {
  kept.get(key)?.weights.forEach((tensor) => tensor.dispose());
  kept.delete(key);
}

/** A model that was trained again in its place is another. */
function keyOf(model: SeenModel): string {
  if (model.kind !== 'model') return model.id;
  const file = statSync(join(model.folder, 'model.json'), { throwIfNoEntry: false });
  return `${model.folder} ${file?.mtimeMs ?? ''}`;
}
