import { labDigit } from './lab-digit.ts';
import { labExperiments } from './lab-experiments.ts';
import { labInside } from './lab-inside.ts';
import { labLayers } from './lab-layers.ts';
import { labTrain } from './lab-train.ts';

/** The Lab; each view has its words in a file of its own. */
export const lab = {
  lab: {
    title: 'Lab',
    views: 'Views of the Lab',
    layers: labLayers,
    inside: labInside,
    train: labTrain,
    digit: labDigit,
    experiments: labExperiments,
    /** Kinds of layers. */
    kinds: {
      conv: 'convolution',
      'depthwise-conv': 'depthwise convolution',
      'max-pool': 'max pooling',
      'average-pool': 'average pooling',
      'global-average-pool': 'mean of each map',
      dense: 'dense',
      add: 'sum with what skipped layers',
      concat: 'branches joined',
      activation: 'activation',
      'local-response-norm': 'local response normalisation',
    } as Record<string, string>,
    engineStopped: {
      code: 'ENGINE_STOPPED' as const,
      met: 'The engine stopped while training, most likely because memory ran out',
      expected: '',
      fix: 'Close other programs, or try something smaller; then start it again',
    },
  },
};
