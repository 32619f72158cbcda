import { mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LabTrainResult, ScenelabError, type LabNetwork } from '../../contract/index.ts';
import { writeFailure } from '../files/write-failure.ts';
import { userDataFolder } from '../folders.ts';
import { readCheckpoint, readCheckpointState, writeCheckpoint } from '../gradient-descent/checkpoint.ts';
import type { Weight } from '../graph/index.ts';

/** What is known of a network, without where it lies: the user's data may be moved. */
const Kept = LabTrainResult.omit({ folder: true });

const fileName = 'network.checkpoint';
const keptFolder = () => join(userDataFolder(), 'lab');

/** An id for a network that begins to be trained now. */
export function newNetworkId(network: string, now = new Date()): string {
  return `${now.toISOString().replaceAll(/[:.]/g, '-')}-${network}`;
}

/** Keeps a network: what is known of it and its weights in one file, which is there whole or not at all. Throws DISK_FULL or NOT_WRITABLE. */
export function keepNetwork(
  known: Omit<LabTrainResult, 'folder'>,
  weights: ReadonlyMap<string, Weight>,
): LabTrainResult {
  const folder = join(keptFolder(), known.id);
  try {
    mkdirSync(folder, { recursive: true });
    writeCheckpoint(join(folder, fileName), { state: known, tensors: weights });
  } catch (error) {
    throw writeFailure(error, folder);
  }
  return { ...known, folder };
}

/** The networks that are kept, the newest first. A folder without a whole file is none. */
export function listLabNetworks(): LabNetwork[] {
  return ids().flatMap((id) => {
    const known = readCheckpointState(join(keptFolder(), id, fileName), Kept);
    return known ? [{ ...known, id, epochs: known.history.length }] : [];
  });
}

/** All that is known of a kept network. Throws NOT_FOUND. */
export function readLabNetwork(id: string): LabTrainResult {
  const folder = folderOf(id);
  const known = readCheckpointState(join(folder, fileName), Kept);
  if (!known) throw gone(id);
  return { ...known, id, folder };
}

/** A kept network with its weights and the running statistics of batch norm, by `<node>/<part>`. Throws NOT_FOUND. */
export function readLabWeights(id: string): LabTrainResult & { weights: ReadonlyMap<string, Weight> } {
  const folder = folderOf(id);
  const read = readCheckpoint(join(folder, fileName), Kept);
  if (!read) throw gone(id);
  return { ...read.state, id, folder, weights: read.tensors };
}

/** Deletes a kept network; one that is gone already stays so. */
export async function deleteLabNetwork(id: string): Promise<void> {
  await rm(folderOf(id), { recursive: true, force: true });
}

function ids(): string[] {
  try {
    return readdirSync(keptFolder()).sort().reverse();
  } catch {
    return []; // nothing was kept yet
  }
}

/** An id is the name of a folder, not a way out of it. */
function folderOf(id: string): string {
  if (!/^[\w-]+$/.test(id)) throw gone(id);
  return join(keptFolder(), id);
}

function gone(id: string): ScenelabError {
  return new ScenelabError(
    'NOT_FOUND',
    `There is no trained network "${id}", or it is damaged`,
    'one of the list',
    'Train it again',
  );
}
