import type { Skipped } from '../contract/index.ts';
import { atMost, count } from './words.ts';

/** The files that could not be used, each with its reason; no line when there are none. */
export function skippedLines(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [];
  const lines = skipped.map(({ path, reason }) => `  ${path}: ${reason}`);
  return [`${count(skipped.length, 'file')} skipped:`, ...atMost(lines)];
}
