import { replaceLabel, requireLabel } from './labels.ts';
import type { Library } from './library.ts';
import { inStep } from './step.ts';

/** Takes a label away; its photos are unlabelled then. Throws NOT_FOUND. */
export function deleteLabel(library: Library, name: string): void {
  inStep(library, `Delete ${name}`, (step) => replaceLabel(step, requireLabel(library, name), null));
}
