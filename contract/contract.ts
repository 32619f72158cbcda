import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { ErrorData, errorCodes } from './errors.ts';
import { ExperimentEvent, ExperimentInfo, ExperimentResult, RunExperimentInput } from './experiments.ts';
import { InspectInput, Inspection, NetworkInfo } from './inspection.ts';
import { Job, JobControl, JobEnd, JobEvent } from './jobs.ts';
import { LabNetwork, LabRecipe, LabTrainInput, LabTrainResult } from './lab-training.ts';
import {
  DigitAnswer,
  FoundPhoto,
  LookAtDigitInput,
  LookAtPhotoInput,
  LookedAtPhoto,
  NetworkInside,
  TestDigit,
  WriteFiltersInput,
  WriteMapsInput,
  WrittenPictures,
} from './looking.ts';
import { BackboneInfo, DoctorReport, StorageReport } from './machine.ts';
import {
  EvaluateInput,
  EvaluateResult,
  ExportInput,
  ExportResult,
  PredictInput,
  Prediction,
  SkippedEvent,
} from './models.ts';
import { ListPhotosInput, PhotoDetails, PhotoList, PhotoSize } from './photo-list.ts';
import { ImportInput, ImportResult, LabelCounts, LabelInput, LabelName, PhotoId, Skipped } from './photos.ts';
import { Notice, Progress } from './progress.ts';
import { ProjectChange, ProjectSummary, RecentProject } from './projects.ts';
import { Run, RunResults, TrainingPlan } from './runs.ts';
import { FileEvent, SortInput, SortResult } from './sorting.ts';
import { CheckTrainingInput, TrainEvent, TrainInput, TrainResult } from './training.ts';

const failures = Object.fromEntries(errorCodes.map((code) => [code, { data: ErrorData }])) as {
  [code in (typeof errorCodes)[number]]: { data: typeof ErrorData };
};

const procedure = oc.errors(failures);
const working = z.discriminatedUnion('kind', [Progress, Notice]);

const project = z.object({ project: z.string() });
const label = project.extend({ label: z.string() });
const labelsFile = project.extend({ csv: z.string() });
const keptNetwork = z.object({ id: z.string() });
const newName = z.string().trim().min(1).max(100);

/** What a window needs beside the verbs: projects, lists, work that outlives the window that began it. */
const windowContract = {
  listProjects: procedure.output(z.array(RecentProject)),
  createProject: procedure.input(z.object({ name: z.string() })).output(ProjectSummary),
  openProject: procedure.input(project).output(ProjectSummary),
  /** Its folder keeps its own name. */
  renameProject: procedure.input(project.extend({ name: newName })).output(ProjectSummary),
  /** Takes a project off the list of recent ones; nothing is deleted. */
  forgetProject: procedure.input(project).output(z.object({})),
  /** Deletes what Scenelab keeps of a project; photos stay where a person keeps them. */
  deleteProject: procedure.input(project).output(z.object({})),
  /** Yields the state of the project, then every change. */
  watchProject: procedure.input(project).output(eventIterator(ProjectChange)),
  /** The folder of the project that a key stands for. */
  projectFolder: procedure.input(z.object({ key: z.string() })).output(project),
  /** Where a host may keep what was dropped to be predicted, until it is looked at. */
  droppedFolder: procedure.output(z.object({ folder: z.string() })),
  /** Where the sample photos lie that come with Scenelab, a folder per label. */
  samplePhotos: procedure.output(z.object({ folders: z.array(z.string()) })),
  /** Some digits that no network learned from, to be drawn over. */
  testDigits: procedure.output(z.array(TestDigit)),
  /** Files in files and folders that may be photos, with addresses; they are in no project. */
  findPhotos: procedure.input(z.object({ paths: z.array(z.string()).min(1) })).output(z.array(FoundPhoto)),

  listPhotos: procedure.input(ListPhotosInput).output(PhotoList),
  photoDetails: procedure.input(project.extend({ photo: PhotoId })).output(PhotoDetails),
  /** The path of a JPEG of a photo, also of a file that was just found or predicted; `key` is the project's, or `noProject`. */
  photoFile: procedure
    .input(z.object({ key: z.string(), photo: PhotoId, size: PhotoSize }))
    .output(z.object({ path: z.string() })),
  listSkipped: procedure.input(project).output(z.array(Skipped)),

  createLabel: procedure.input(project.extend({ label: LabelName })).output(ProjectSummary),
  renameLabel: procedure.input(label.extend({ to: LabelName })).output(ProjectSummary),
  mergeLabels: procedure.input(project.extend({ from: z.string(), into: z.string() })).output(ProjectSummary),
  deleteLabel: procedure.input(label).output(ProjectSummary),
  /** A person looked at the labels of these photos and says that they are right; false takes that back. */
  confirmLabels: procedure
    .input(project.extend({ photos: z.array(PhotoId), confirmed: z.boolean() }))
    .output(z.object({})),
  excludePhotos: procedure
    .input(project.extend({ photos: z.array(PhotoId), excluded: z.boolean() }))
    .output(ProjectSummary),

  readStorage: procedure.output(StorageReport),
  /** Deletes what comes again for nothing but time: features of these projects, and `shared` what all of them use. */
  clearCaches: procedure
    .input(z.object({ projects: z.array(z.string()), shared: z.boolean() }))
    .output(z.object({ freedBytes: z.number() })),
  /** Gets TensorFlow, for the GPU if asked; `said` is how it came out. The engine uses it from its next start on. */
  installRuntime: procedure
    .input(z.object({ gpu: z.boolean() }))
    .output(eventIterator(working, z.object({ said: z.string() }))),

  startImport: procedure.input(ImportInput).output(Job),
  /** The import that runs, or one that was broken off when the engine ended, begun again; null without one. */
  resumeImport: procedure.input(project).output(Job.nullable()),
  planTraining: procedure.input(project).output(TrainingPlan),
  startTraining: procedure.input(TrainInput).output(Job),
  /** Its job belongs to no project: it is listed under "". */
  startLabTraining: procedure.input(LabTrainInput).output(Job),
  /** The same of an experiment; the job's title is its id. */
  startExperiment: procedure.input(RunExperimentInput).output(Job),
  listJobs: procedure.input(project).output(z.array(Job)),
  /** Yields what the job did after event number `after`, then what it does, and returns how it ended. */
  followJob: procedure
    .input(z.object({ job: z.string(), after: z.number().int().default(0) }))
    .output(eventIterator(JobEvent, JobEnd)),
  /** The newest first. */
  listRuns: procedure.input(project).output(z.array(Run)),
  /** The verdict on a finished run; without `run` on the newest. */
  readRun: procedure.input(project.extend({ run: z.string().optional() })).output(RunResults),
  controlJob: procedure.input(z.object({ job: z.string(), action: JobControl })).output(z.object({})),
};

/** Every endpoint of the engine. Long work is a stream that yields events and returns its result. */
export const contract = {
  ...windowContract,
  doctor: procedure.output(DoctorReport),
  /** The project that a path means: that folder itself, or the one that is kept for a folder of photos (`photos`). */
  findProject: procedure
    .input(z.object({ path: z.string() }))
    .output(project.extend({ photos: z.string().nullable() })),
  listBackbones: procedure.output(z.array(BackboneInfo)),
  addBackbone: procedure
    .input(z.object({ backbone: z.string(), file: z.string().optional() }))
    .output(eventIterator(working, BackboneInfo)),
  importPhotos: procedure.input(ImportInput).output(eventIterator(working, ImportResult)),
  labelPhotos: procedure.input(LabelInput).output(z.object({})),
  readLabels: procedure.input(labelsFile).output(
    z.object({
      labelled: z.number().int(),
      /** Of those, photos that had another label before. */
      changed: z.number().int(),
      unknown: z.array(z.string()),
      labels: LabelCounts,
    }),
  ),
  writeLabels: procedure.input(labelsFile).output(z.object({ written: z.number().int() })),
  undo: procedure.input(project).output(z.object({ undone: z.string().nullable() })),
  redo: procedure.input(project).output(z.object({ redone: z.string().nullable() })),
  /** Fails as the training would, where that is known before any photo is read. */
  checkTraining: procedure.input(CheckTrainingInput).output(z.object({})),
  trainModel: procedure.input(TrainInput).output(eventIterator(TrainEvent, TrainResult)),
  evaluateModel: procedure.input(EvaluateInput).output(eventIterator(working, EvaluateResult)),
  predictPhotos: procedure
    .input(PredictInput)
    .output(
      eventIterator(
        z.discriminatedUnion('kind', [Progress, Notice, Prediction, SkippedEvent]),
        z.object({ predicted: z.number().int(), skipped: z.number().int() }),
      ),
    ),
  /** Copies or moves predicted photos into folders named after their labels; never overwrites. */
  sortPhotos: procedure
    .input(SortInput)
    .output(eventIterator(z.discriminatedUnion('kind', [Progress, FileEvent]), SortResult)),
  /** Networks that can be inspected by their id. */
  listNetworks: procedure.output(z.array(NetworkInfo)),
  /** What a network, or layers as text, cost, from arithmetic alone. */
  inspectNetwork: procedure.input(InspectInput).output(Inspection),
  /** How each network is trained from scratch unless somebody says otherwise. */
  listLabRecipes: procedure.output(z.array(LabRecipe)),
  trainLabNetwork: procedure.input(LabTrainInput).output(eventIterator(TrainEvent, LabTrainResult)),
  /** Networks that were trained from scratch and kept, the newest first. */
  listLabNetworks: procedure.output(z.array(LabNetwork)),
  readLabNetwork: procedure.input(keptNetwork).output(LabTrainResult),
  deleteLabNetwork: procedure.input(keptNetwork).output(z.object({})),
  /** A network without a photo: preprocessing, layers, first filters. */
  lookInside: procedure.input(z.object({ network: z.string() })).output(NetworkInside),
  /** What a network names a photo, and the maps of a layer. */
  lookAtPhoto: procedure.input(LookAtPhotoInput).output(LookedAtPhoto),
  /** What a network that was trained on digits makes of a drawing. */
  lookAtDigit: procedure.input(LookAtDigitInput).output(DigitAnswer),
  writeMaps: procedure.input(WriteMapsInput).output(WrittenPictures),
  writeFilters: procedure.input(WriteFiltersInput).output(WrittenPictures),
  /** What the Lab can try. */
  listExperiments: procedure.output(z.array(ExperimentInfo)),
  /** Trains every arm with every seed, and keeps what came of it. */
  runExperiment: procedure.input(RunExperimentInput).output(eventIterator(ExperimentEvent, ExperimentResult)),
  /** What came of each experiment when it was last run. */
  readExperiments: procedure.output(z.array(ExperimentResult)),
  exportModel: procedure.input(ExportInput).output(eventIterator(working, ExportResult)),
};
