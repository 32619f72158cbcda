/** The project on disk: its photos, their labels and splits, what can be undone, and its runs. */
export { openLibrary, type OpenOptions } from './open-library.ts';
export { Library } from './library.ts';
export { projectGone } from './library-error.ts';
export { findProject } from './find-project.ts';
export { databaseName, folderName, isProject, projectEnding, projectName } from './project-name.ts';

export { listPhotoColumns } from './list-photo-columns.ts';
export { listSkipped } from './list-skipped.ts';
export { listTrainingPhotos, type TrainingPhoto } from './list-training-photos.ts';
export { readLabelsNow, type LabelNow } from './read-labels-now.ts';
export { readPhotoDetails } from './read-photo-details.ts';
export { readSetting, writeSetting } from './project-settings.ts';
export { summarizeLibrary } from './summarize-library.ts';

export { labelPhotos } from './label-photos.ts';
export { confirmLabels, readConfirmed } from './confirm-labels.ts';
export { excludePhotos } from './exclude-photos.ts';
export { createLabel } from './create-label.ts';
export { renameLabel } from './rename-label.ts';
export { renamedLabels } from './renamed-labels.ts';
export { mergeLabels } from './merge-labels.ts';
export { deleteLabel } from './delete-label.ts';
export { readLabelsCsv } from './read-labels-csv.ts';
export { writeLabelsCsv } from './write-labels-csv.ts';
export { redo, undo } from './undo.ts';

export { assignSplits } from './assign-splits.ts';
export { findUnfinishedRun, finishRun, listRuns, startRun } from './runs.ts';
