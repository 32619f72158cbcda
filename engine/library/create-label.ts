import { ScenelabError } from '../../contract/index.ts';
import { findLabel, findOrMakeLabel, labelName } from './labels.ts';
import type { Library } from './library.ts';
import { inStep } from './step.ts';

/** Makes a label that no photo has yet. Throws USAGE when the name is empty or taken. */
export function createLabel(library: Library, raw: string): void {
  const name = labelName(raw);
  if (name === '' || findLabel(library, name) !== null)
    throw new ScenelabError(
      'USAGE',
      name === '' ? 'The name of the label is empty' : `There is a label “${name}” already`,
      'a name that no other label has',
      'Choose another name',
    );
  inStep(library, `Make ${name}`, (step) => findOrMakeLabel(step, name));
}
