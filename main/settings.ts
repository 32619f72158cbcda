import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What the app in Electron remembers. Lengths are in device-independent pixels. */
const Settings = z.object({
  window: z
    .object({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int(),
      height: z.number().int(),
      maximized: z.boolean(),
    })
    .nullable()
    .default(null),
  /** Whether a GPU that TensorFlow could use is used. */
  useGpu: z.boolean().default(true),
});
export type Settings = z.infer<typeof Settings>;

/** Reads them; a file that is missing or damaged means the defaults. */
export function readSettings(file: string): Settings {
  try {
    return Settings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return Settings.parse({});
  }
}

/** Writes them, whole or not at all. */
export function writeSettings(file: string, settings: Settings): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.partial`, JSON.stringify(settings, null, 2));
  renameSync(`${file}.partial`, file);
}
