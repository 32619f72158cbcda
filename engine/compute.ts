import type { RuntimeInfo } from '../contract/index.ts';
import { addBackbone } from './backbones/add-backbone.ts';
import { runTrial } from './experiments/run-trial.ts';
import { convertModel } from './exports/convert-model.ts';
import { runExport } from './exports/run-export.ts';
import { describeNetwork } from './inspect/describe-network.ts';
import { openLabNetwork } from './lab/open-lab-network.ts';
import { endLabTraining, trainLabTask } from './lab/train-lab-task.ts';
import { lookAtPixels } from './looking/look-at-pixels.ts';
import { readInside } from './looking/read-inside.ts';
import { writeModel } from './models/write-model.ts';
import { closeNetwork, openNetwork, runNetwork } from './prediction/run-network.ts';
import { serveTasks, startRuntime, type Thread } from './tensorflow/index.ts';
import {
  answerOutOfFoldTask,
  fitHeadTask,
  fitTailTask,
  openTrained,
  writeTrained,
} from './training/trained-network.ts';

/** Entry of the compute thread: all that runs beside TensorFlow. Other threads import types from here, nothing else. */
const tasks = {
  async describeRuntime(_: null): Promise<RuntimeInfo> {
    return startRuntime();
  },
  addBackbone,
  describeNetwork,
  openNetwork,
  runNetwork,
  closeNetwork,
  fitHead: fitHeadTask,
  answerOutOfFold: answerOutOfFoldTask,
  fitTail: fitTailTask,
  openTrained,
  writeTrained,
  runTrial,
  writeModel,
  convertModel,
  runExport,
  trainLabNetwork: trainLabTask,
  endLabTraining,
  openLabNetwork,
  readInside,
  lookAtPixels,
};

export type Compute = Thread<typeof tasks>;

serveTasks(tasks);
