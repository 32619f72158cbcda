import type { ImportInput } from '../contract/index.ts';
import { listBackbones } from './backbones/registry.ts';
import type { Compute } from './compute.ts';
import { doctor } from './doctor.ts';
import { never, os, wireStream } from './endpoints.ts';
import { evaluateModel } from './evaluation/index.ts';
import { listExperiments } from './experiments/experiments.ts';
import { runExperiment } from './experiments/run-experiment.ts';
import { readExperiments } from './experiments/stored-experiments.ts';
import { exportModel } from './exports/export-model.ts';
import { importPhotos } from './imports/index.ts';
import { inspectNetwork } from './inspect/inspect-network.ts';
import { deleteLabNetwork, listLabNetworks, readLabNetwork } from './lab/kept-networks.ts';
import { listRecipes } from './lab/recipes.ts';
import { trainLabNetwork } from './lab/train-lab-network.ts';
import {
  findProject,
  isProject,
  labelPhotos,
  readLabelsCsv,
  readPhotoDetails,
  redo,
  undo,
  writeLabelsCsv,
} from './library/index.ts';
import { lookAtDigit, lookAtPhoto, lookInside, writeFilters, writeMaps } from './looking/index.ts';
import { networks } from './networks/registry.ts';
import { predictPhotos, sortPhotos, type PredictedFiles } from './prediction/index.ts';
import type { OpenProjects } from './projects/index.ts';
import { checkTraining } from './training/check-training.ts';
import { trainModel } from './training/train-model.ts';

/** The verbs, which the command line has too. */
export function verbProcedures(projects: OpenProjects, compute: () => Compute, predicted: PredictedFiles) {
  return {
    ...libraryProcedures(projects),
    ...modelProcedures(projects, compute, predicted),
    ...labProcedures(projects, compute),
    ...lookingProcedures(projects, compute),
    ...experimentProcedures(projects, compute),
  };
}

function libraryProcedures(projects: OpenProjects) {
  /** Tells the watchers of a project, whether or not the stream came to its end. */
  async function* changing<E, R>(project: string, events: AsyncGenerator<E, R, void>) {
    try {
      return yield* wireStream(events);
    } finally {
      projects.changed(project);
    }
  }
  /** A project that was made for an import from which nothing came is not left behind. */
  async function* importing(input: ImportInput, signal: AbortSignal | undefined) {
    const { project } = input;
    const isNew = !isProject(project);
    const library = projects.library(project, { create: true });
    try {
      return yield* changing(project, importPhotos(library, input, signal));
    } catch (error) {
      if (isNew && projects.summary(project).photos === 0) await projects.delete(project);
      throw error;
    }
  }
  return {
    findProject: os.findProject.handler(({ input }) => findProject(input.path)),
    importPhotos: os.importPhotos.handler(({ input, signal }) => importing(input, signal)),
    labelPhotos: os.labelPhotos.handler(({ input: { project, changes } }) => {
      labelPhotos(projects.library(project), changes);
      projects.changed(project, changes);
      return {};
    }),
    readLabels: os.readLabels.handler(async ({ input: { project, csv } }) => {
      const read = await readLabelsCsv(projects.library(project), csv);
      projects.changed(project);
      return read;
    }),
    writeLabels: os.writeLabels.handler(async ({ input: { project, csv } }) => ({
      written: await writeLabelsCsv(projects.library(project), csv),
    })),
    undo: os.undo.handler(({ input: { project } }) => {
      const step = undo(projects.library(project));
      if (step) projects.changed(project, step.labelled);
      return { undone: step?.title ?? null };
    }),
    redo: os.redo.handler(({ input: { project } }) => {
      const step = redo(projects.library(project));
      if (step) projects.changed(project, step.labelled);
      return { redone: step?.title ?? null };
    }),
  };
}

function modelProcedures(projects: OpenProjects, compute: () => Compute, predicted: PredictedFiles) {
  return {
    doctor: os.doctor.handler(() => doctor(compute())),
    listBackbones: os.listBackbones.handler(() => listBackbones()),
    addBackbone: os.addBackbone.handler(({ input, signal }) =>
      wireStream(compute().stream('addBackbone', input, { signal })),
    ),
    checkTraining: os.checkTraining.handler(async ({ input }) => {
      await checkTraining(input);
      return {};
    }),
    trainModel: os.trainModel.handler(({ input, signal = never() }) =>
      wireStream(trainModel(compute(), projects.library(input.project), input, { signal })),
    ),
    evaluateModel: os.evaluateModel.handler(({ input, signal = never() }) =>
      wireStream(evaluateModel(compute(), input, signal)),
    ),
    predictPhotos: os.predictPhotos.handler(({ input, signal = never() }) =>
      wireStream(predicted.naming(predictPhotos(compute(), input, signal))),
    ),
    sortPhotos: os.sortPhotos.handler(({ input, signal = never() }) => wireStream(sortPhotos(input, signal))),
    exportModel: os.exportModel.handler(({ input, signal = never() }) =>
      wireStream(exportModel(compute(), input, signal)),
    ),
  };
}

function labProcedures(projects: OpenProjects, compute: () => Compute) {
  return {
    listNetworks: os.listNetworks.handler(() => [...networks]),
    inspectNetwork: os.inspectNetwork.handler(({ input }) => inspectNetwork(compute, input)),
    listLabRecipes: os.listLabRecipes.handler(() => listRecipes()),
    trainLabNetwork: os.trainLabNetwork.handler(({ input, signal = never() }) =>
      wireStream(trainLabNetwork(compute(), (project) => projects.library(project), input, { signal })),
    ),
    listLabNetworks: os.listLabNetworks.handler(() => listLabNetworks()),
    readLabNetwork: os.readLabNetwork.handler(({ input }) => readLabNetwork(input.id)),
    deleteLabNetwork: os.deleteLabNetwork.handler(async ({ input }) => {
      await deleteLabNetwork(input.id);
      return {};
    }),
  };
}

function lookingProcedures(projects: OpenProjects, compute: () => Compute) {
  return {
    lookInside: os.lookInside.handler(({ input }) => lookInside(compute(), input.network)),
    lookAtPhoto: os.lookAtPhoto.handler(({ input: { photo, ...input } }) => {
      if ('path' in photo) return lookAtPhoto(compute(), { ...input, photo });
      const library = projects.library(photo.project);
      const { path } = readPhotoDetails(library, photo.photo);
      const workingCopy = library.workingCopyPath(photo.photo);
      return lookAtPhoto(compute(), { ...input, photo: { path, workingCopy } });
    }),
    lookAtDigit: os.lookAtDigit.handler(({ input }) => lookAtDigit(compute(), input)),
    writeMaps: os.writeMaps.handler(({ input }) => writeMaps(compute(), input)),
    writeFilters: os.writeFilters.handler(({ input }) => writeFilters(compute(), input)),
  };
}

function experimentProcedures(projects: OpenProjects, compute: () => Compute) {
  return {
    listExperiments: os.listExperiments.handler(() => listExperiments()),
    runExperiment: os.runExperiment.handler(({ input, signal = never() }) =>
      wireStream(runExperiment(compute(), (...asked) => projects.library(...asked), input, signal)),
    ),
    readExperiments: os.readExperiments.handler(() => readExperiments()),
  };
}
