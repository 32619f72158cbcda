import { Jobs } from './jobs/jobs.ts';
import { PredictedFiles } from './prediction/index.ts';
import { OpenProjects } from './projects/index.ts';
import { keepCompute } from './start-compute.ts';
import { verbProcedures } from './verb-procedures.ts';
import { windowProcedures } from './window-procedures.ts';

/** The contract's endpoints, on the projects, jobs and compute thread of one engine; and how to leave it in order. */
export function createRouter() {
  const projects = new OpenProjects();
  const jobs = new Jobs();
  const compute = keepCompute();
  const predicted = new PredictedFiles();
  return {
    router: {
      ...windowProcedures(projects, jobs, compute, predicted),
      ...verbProcedures(projects, compute, predicted),
    },
    cancelJobs: () => jobs.cancelAll(),
    close: () => projects[Symbol.dispose](),
  };
}
