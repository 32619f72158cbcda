import type { RunExperimentInput } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { runExperiment } from '../experiments/run-experiment.ts';
import type { OpenProjects } from '../projects/index.ts';
import type { Work } from './running-job.ts';

/** An experiment that goes on whoever watches. */
export function runExperimentInWindow(
  projects: OpenProjects,
  compute: Compute,
  input: RunExperimentInput,
): Work {
  return async function* ({ signal }) {
    const library: OpenProjects['library'] = (...asked) => projects.library(...asked);
    return { kind: 'experiment', experiment: yield* runExperiment(compute, library, input, signal) };
  };
}
