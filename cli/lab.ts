import { addLabExperimentVerb } from './lab-experiment.ts';
import { addLabFiltersVerb } from './lab-filters.ts';
import { addLabListVerb } from './lab-list.ts';
import { addLabMapsVerb } from './lab-maps.ts';
import { addLabTrainVerb } from './lab-train.ts';
import type { AddVerb } from './session.ts';

/** What the Lab does; each is added to the group as a verb is to the program. */
const verbs: readonly AddVerb[] = [
  addLabTrainVerb,
  addLabListVerb,
  addLabExperimentVerb,
  addLabFiltersVerb,
  addLabMapsVerb,
];

/** `scenelab lab …`: what a convolutional network is, shown by training one and by looking into it. */
export const addLabVerb: AddVerb = (program, run) => {
  const lab = program
    .command('lab')
    .description('Train a network from scratch on digits or photos; see what networks see.');
  for (const addVerb of verbs) addVerb(lab, run);
};
