import { ScenelabError } from '../../contract/index.ts';
import { replaceLabel, requireLabel } from './labels.ts';
import type { Library } from './library.ts';
import { inStep } from './step.ts';

/** Makes one label of two: the photos of `from` get `into`. Throws NOT_FOUND, and USAGE when they are the same. */
export function mergeLabels(library: Library, from: string, into: string): void {
  inStep(library, `Merge ${from} into ${into}`, (step) => {
    const [source, target] = [requireLabel(library, from), requireLabel(library, into)];
    if (source === target)
      throw new ScenelabError('USAGE', `“${from}” cannot be merged into itself`, 'two labels', '');
    replaceLabel(step, source, target);
  });
}
