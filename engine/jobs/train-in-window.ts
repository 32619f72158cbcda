import type { TrainInput } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { listTrainingPhotos } from '../library/index.ts';
import type { OpenProjects } from '../projects/index.ts';
import { trainModel } from '../training/train-model.ts';
import { isStepDown } from '../training/next-rung.ts';
import { noteTrainingSpeed } from '../training/training-speed.ts';
import type { Work } from './running-job.ts';

/** A training whose result the windows hear of, and whose speed the next plan knows. */
export function trainInWindow(projects: OpenProjects, compute: Compute, input: TrainInput): Work {
  return async function* (signals) {
    const library = projects.library(input.project);
    let isWhole = true;
    const started = performance.now();
    try {
      const events = trainModel(compute, library, input, signals);
      for (;;) {
        const next = await events.next();
        if (next.done) {
          // Only a whole training by the preset alone says what the next one will take.
          const isTypical = isWhole && !signals.stop.aborted && Object.keys(input.settings).length === 0;
          const seconds = (performance.now() - started) / 1000;
          if (isTypical)
            noteTrainingSpeed(input.preset, next.value.device, listTrainingPhotos(library).length, seconds);
          return { kind: 'train', trained: next.value };
        }
        if (next.value.kind === 'resumed' || isStepDown(next.value)) isWhole = false;
        yield next.value;
      }
    } finally {
      projects.changed(input.project);
    }
  };
}
