import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ScenelabError, type PhotoDetails, type ProjectSummary } from '../contract/index.ts';
import { appFolder } from './app-folder.ts';
import type { Compute } from './compute.ts';
import { never, os, wireStream } from './endpoints.ts';
import { installRuntime } from './install-runtime.ts';
import { resumeImport, startImport } from './jobs/import-in-window.ts';
import type { Jobs } from './jobs/jobs.ts';
import { runExperimentInWindow } from './jobs/run-experiment-in-window.ts';
import { trainInWindow } from './jobs/train-in-window.ts';
import { trainLabInWindow } from './jobs/train-lab-in-window.ts';
import {
  createLabel,
  deleteLabel,
  confirmLabels,
  excludePhotos,
  listPhotoColumns,
  listSkipped,
  mergeLabels,
  readPhotoDetails,
  renameLabel,
  type Library,
} from './library/index.ts';
import { testDigits } from './looking/index.ts';
import { readExposure } from './photos/index.ts';
import { droppedFolder, findPhotos, type PredictedFiles } from './prediction/index.ts';
import {
  clearCaches,
  forgetProject,
  photoFile,
  predictedFile,
  readStorage,
  type OpenProjects,
} from './projects/index.ts';
import { planInWords } from './training/plan-in-words.ts';
import { readRun } from './training/read-run.ts';
import { readNewestAnswers, readRuns } from './training/read-runs.ts';

const sampleFolder = join(appFolder, 'assets/sample');

/** The endpoints that windows need beside the verbs, on the projects and jobs of this engine. */
export function windowProcedures(
  projects: OpenProjects,
  jobs: Jobs,
  compute: () => Compute,
  predicted: PredictedFiles,
) {
  return {
    ...projectProcedures(projects, jobs),
    ...photoProcedures(projects, predicted),
    ...machineProcedures(jobs),
    ...labelProcedures(projects),
    ...jobProcedures(projects, jobs, compute),
  };
}

function projectProcedures(projects: OpenProjects, jobs: Jobs) {
  return {
    listProjects: os.listProjects.handler(() => projects.recent()),
    createProject: os.createProject.handler(({ input }) => projects.create(input.name)),
    openProject: os.openProject.handler(({ input }) => projects.open(input.project)),
    renameProject: os.renameProject.handler(({ input }) => projects.rename(input.project, input.name)),
    forgetProject: os.forgetProject.handler(({ input }) => {
      forgetProject(input.project);
      return {};
    }),
    deleteProject: os.deleteProject.handler(async ({ input }) => {
      refuseWhileBusy(jobs, input.project);
      await projects.delete(input.project);
      return {};
    }),
    watchProject: os.watchProject.handler(({ input, signal }) =>
      wireStream(projects.watch(input.project, signal)),
    ),
    projectFolder: os.projectFolder.handler(({ input }) => ({ project: projects.folderOf(input.key) })),
    droppedFolder: os.droppedFolder.handler(async () => ({ folder: await droppedFolder() })),
    samplePhotos: os.samplePhotos.handler(() => ({ folders: sampleFolders() })),
  };
}

function photoProcedures(projects: OpenProjects, predicted: PredictedFiles) {
  return {
    listPhotos: os.listPhotos.handler(({ input }) =>
      listPhotoColumns(
        projects.library(input.project),
        input,
        readNewestAnswers(projects.library(input.project)),
      ),
    ),
    photoDetails: os.photoDetails.handler(({ input }) =>
      photoDetails(projects.library(input.project), input.photo),
    ),
    photoFile: os.photoFile.handler(async ({ input: { key, photo, size } }) => {
      const file = predicted.pathOf(photo);
      if (file !== null) return { path: await predictedFile(file, photo) };
      return { path: await photoFile(projects.library(projects.folderOf(key)), photo, size) };
    }),
    testDigits: os.testDigits.handler(() => testDigits()),
    findPhotos: os.findPhotos.handler(({ input, signal = never() }) =>
      findPhotos(input.paths, predicted, signal),
    ),
    listSkipped: os.listSkipped.handler(({ input }) => listSkipped(projects.library(input.project))),
  };
}

function machineProcedures(jobs: Jobs) {
  return {
    readStorage: os.readStorage.handler(() => readStorage()),
    clearCaches: os.clearCaches.handler(async ({ input: { projects, shared } }) => {
      for (const project of projects) refuseWhileBusy(jobs, project);
      return { freedBytes: await clearCaches(projects, shared) };
    }),
    installRuntime: os.installRuntime.handler(({ input, signal = never() }) =>
      wireStream(installRuntime(input, signal)),
    ),
  };
}

function labelProcedures(projects: OpenProjects) {
  /** Changes a project, tells its watchers, gives what it is now. */
  const change = (project: string, work: (library: Library) => unknown): ProjectSummary => {
    work(projects.library(project));
    projects.changed(project);
    return projects.summary(project);
  };
  return {
    createLabel: os.createLabel.handler(({ input: { project, label } }) =>
      change(project, (library) => createLabel(library, label)),
    ),
    renameLabel: os.renameLabel.handler(({ input: { project, label, to } }) =>
      change(project, (library) => renameLabel(library, label, to)),
    ),
    mergeLabels: os.mergeLabels.handler(({ input: { project, from, into } }) =>
      change(project, (library) => mergeLabels(library, from, into)),
    ),
    deleteLabel: os.deleteLabel.handler(({ input: { project, label } }) =>
      change(project, (library) => deleteLabel(library, label)),
    ),
    confirmLabels: os.confirmLabels.handler(({ input: { project, photos, confirmed } }) => {
      confirmLabels(projects.library(project), photos, confirmed);
      return {};
    }),
    excludePhotos: os.excludePhotos.handler(({ input: { project, photos, excluded } }) =>
      change(project, (library) => excludePhotos(library, photos, excluded)),
    ),
  };
}

function jobProcedures(projects: OpenProjects, jobs: Jobs, compute: () => Compute) {
  return {
    startImport: os.startImport.handler(({ input }) => startImport(projects, jobs, input)),
    resumeImport: os.resumeImport.handler(({ input }) => resumeImport(projects, jobs, input.project)),
    planTraining: os.planTraining.handler(({ input }) =>
      planInWords(projects.library(input.project), compute(), jobs.isIdle),
    ),
    startTraining: os.startTraining.handler(({ input }) =>
      jobs.start(
        { kind: 'train', project: input.project, title: input.preset },
        trainInWindow(projects, compute(), input),
      ),
    ),
    startLabTraining: os.startLabTraining.handler(({ input }) =>
      jobs.start(
        { kind: 'lab', project: '', title: input.network },
        trainLabInWindow(projects, compute(), input),
      ),
    ),
    startExperiment: os.startExperiment.handler(({ input }) =>
      jobs.start(
        { kind: 'experiment', project: '', title: input.id },
        runExperimentInWindow(projects, compute(), input),
      ),
    ),
    listRuns: os.listRuns.handler(({ input }) => readRuns(projects.library(input.project))),
    readRun: os.readRun.handler(({ input }) => readRun(projects.library(input.project), input.run)),
    listJobs: os.listJobs.handler(({ input }) => jobs.list(input.project)),
    followJob: os.followJob.handler(({ input, signal }) =>
      wireStream(jobs.follow(input.job, input.after, signal)),
    ),
    controlJob: os.controlJob.handler(({ input }) => {
      jobs.control(input.job, input.action);
      return {};
    }),
  };
}

async function photoDetails(library: Library, photo: string): Promise<PhotoDetails> {
  const details = readPhotoDetails(library, photo);
  const answer = readNewestAnswers(library).get(photo);
  const predictions = answer ? [{ className: answer.predicted, probability: answer.probability }] : [];
  return { ...details, exposure: await readExposure(details.path), predictions };
}

function sampleFolders(): string[] {
  const entries = readdirSync(sampleFolder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(sampleFolder, name));
}

function refuseWhileBusy(jobs: Jobs, project: string): void {
  if (jobs.isBusy(project))
    throw new ScenelabError('USAGE', 'Work goes on in this project', '', 'Wait for it or cancel it first');
}
