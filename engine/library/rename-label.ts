import { ScenelabError } from '../../contract/index.ts';
import { findLabel, labelName, requireLabel } from './labels.ts';
import type { Library } from './library.ts';
import { inStep } from './step.ts';

/** Gives a label another name; its photos keep it. Throws NOT_FOUND, and USAGE when the name is empty or taken. */
export function renameLabel(library: Library, from: string, to: string): void {
  const name = labelName(to);
  inStep(library, `Rename ${from} to ${name}`, (step) => {
    const label = requireLabel(library, from);
    const taken = findLabel(library, name);
    if (name === '' || (taken !== null && taken !== label))
      throw new ScenelabError(
        'USAGE',
        name === '' ? 'The new name is empty' : `There is a label “${name}” already`,
        'a name that no other label has',
        'Choose another name, or merge the two labels',
      );
    step.change('label.name', label, name);
  });
}
