import { z } from 'zod';
import type { Library } from './library.ts';

/**
 * What a project remembers of itself beside its photos: its name when it was renamed, an import that was not finished, labels
 * that a person confirmed.
 */
export type ProjectSetting = 'name' | 'import' | 'confirmed';

const row = z.object({ value: z.string() });

/** Null when it was never written. */
export function readSetting(library: Library, name: ProjectSetting): string | null {
  return library.first(row, 'SELECT value FROM settings WHERE name = ?', name)?.value ?? null;
}

/** Null takes it away. */
export function writeSetting(library: Library, name: ProjectSetting, value: string | null): void {
  if (value === null) library.run('DELETE FROM settings WHERE name = ?', name);
  else library.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, value);
}
