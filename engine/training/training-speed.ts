import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Preset } from '../../contract/index.ts';
import { userDataFolder } from '../folders.ts';

const Speeds = z.record(z.string(), z.number());
const file = () => join(userDataFolder(), 'training-speed.json');
const keyOf = (what: Preset | 'pass', device: string) => `${what} on ${device}`;

/**
 * What a whole training takes per photo, in forward passes of EfficientNet-Lite0 at batch 32; measured on the sample project
 * (158 photos, two cores), thorough by its photos and its backbone. Only a first guess: the first training replaces it.
 */
const typicalPasses: Record<Preset, number> = { quick: 3, balanced: 14, thorough: 60 };

/** Notes what a training took, so that the next plan can say what to expect. */
export function noteTrainingSpeed(preset: Preset, device: string, photos: number, seconds: number): void {
  if (photos > 0) note(keyOf(preset, device), seconds / photos);
}

/** Notes what a forward pass of EfficientNet-Lite0 takes, seconds per photo: what a plan says before the first training. */
export function notePass(device: string, seconds: number): void {
  note(keyOf('pass', device), seconds);
}

/** Whether it is known how fast this device is. */
export function isSpeedKnown(device: string): boolean {
  const speeds = readSpeeds();
  return [...Preset.options, 'pass' as const].some((what) => keyOf(what, device) in speeds);
}

function note(key: string, seconds: number): void {
  mkdirSync(userDataFolder(), { recursive: true });
  writeFileSync(file(), JSON.stringify({ ...readSpeeds(), [key]: seconds }));
}

/**
 * Seconds that a training of so many photos will take: by what the last one of the preset took, else by one of another
 * preset or a measured pass; null when nothing is known of the device.
 */
export function expectedSeconds(preset: Preset, device: string, photos: number): number | null {
  const speeds = readSpeeds();
  const known = [preset, ...Preset.options].find((each) => keyOf(each, device) in speeds);
  const own = speeds[keyOf(known ?? preset, device)];
  const pass = speeds[keyOf('pass', device)];
  if (known !== undefined && own !== undefined)
    return own * photos * (typicalPasses[preset] / typicalPasses[known]);
  return pass === undefined ? null : pass * photos * typicalPasses[preset];
}

function readSpeeds(): z.infer<typeof Speeds> {
  if (!existsSync(file())) return {};
  try {
    return Speeds.parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return {}; // only a guess is lost
  }
}
