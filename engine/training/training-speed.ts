import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Preset } from '../../contract/index.ts';
import { userDataFolder } from '../folders.ts';

const Speeds = z.record(z.string(), z.number());
const file = () => join(userDataFolder(), 'training-speed.json');
const keyOf = (preset: Preset, device: string) => `${preset} on ${device}`;

/** Notes what a training took, so that the next plan can say what to expect. */
export function noteTrainingSpeed(preset: Preset, device: string, photos: number, seconds: number): void {
  if (photos === 0) return;
  mkdirSync(userDataFolder(), { recursive: true });
  writeFileSync(file(), JSON.stringify({ ...readSpeeds(), [keyOf(preset, device)]: seconds / photos }));
}

/** Seconds that a training of so many photos will take, by what the last one took; null before the first. */
export function expectedSeconds(preset: Preset, device: string, photos: number): number | null {
  const perPhoto = readSpeeds()[keyOf(preset, device)];
  return perPhoto === undefined ? null : perPhoto * photos;
}

function readSpeeds(): z.infer<typeof Speeds> {
  if (!existsSync(file())) return {};
  try {
    return Speeds.parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return {}; // only a guess is lost
  }
}
