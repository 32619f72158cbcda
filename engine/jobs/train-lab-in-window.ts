import type { LabTrainInput } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { trainLabNetwork } from '../lab/train-lab-network.ts';
import type { OpenProjects } from '../projects/index.ts';
import type { Work } from './running-job.ts';

/** A training from scratch that goes on whoever watches. */
export function trainLabInWindow(projects: OpenProjects, compute: Compute, input: LabTrainInput): Work {
  return async function* (signals) {
    const library = (project: string) => projects.library(project);
    return { kind: 'lab', network: yield* trainLabNetwork(compute, library, input, signals) };
  };
}
