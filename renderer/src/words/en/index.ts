import { components } from './components.ts';
import { exporting } from './export.ts';
import { lab } from './lab.ts';
import { machine } from './machine.ts';
import { photos } from './photos.ts';
import { predict } from './predict.ts';
import { results } from './results.ts';
import { shell } from './shell.ts';
import { start } from './start.ts';
import { train } from './train.ts';

/** English. Sentence case, no exclamation marks; functions where a sentence has a gap. */
export const en = {
  ...shell,
  ...components,
  ...start,
  ...photos,
  ...train,
  ...results,
  ...exporting,
  ...predict,
  ...lab,
  ...machine,
};
