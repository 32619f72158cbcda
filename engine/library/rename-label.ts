import { freeName, requireLabel } from './labels.ts';
import type { Library } from './library.ts';
import { inStep } from './step.ts';

/** Gives a label another name; its photos keep it. Throws NOT_FOUND, and USAGE when the name is empty or taken. */
export function renameLabel(library: Library, from: string, to: string): void {
  const label = requireLabel(library, from);
  const name = freeName(library, to, label);
  inStep(library, `Rename ${from} to ${name}`, (step) => step.change('label.name', label, name));
}
