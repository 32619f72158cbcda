import { findOrMakeLabel, freeName } from './labels.ts';
import type { Library } from './library.ts';
import { inStep } from './step.ts';

/** Makes a label that no photo has yet. Throws USAGE when the name is empty or taken. */
export function createLabel(library: Library, raw: string): void {
  const name = freeName(library, raw);
  inStep(library, `Make ${name}`, (step) => findOrMakeLabel(step, name));
}
