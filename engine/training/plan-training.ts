import { createHash } from 'node:crypto';
import {
  fewestPhotos,
  roughBelow,
  ScenelabError,
  type Notice,
  type Split,
  type TrainResult,
} from '../../contract/index.ts';
import { assignSplits, listTrainingPhotos, type Library, type TrainingPhoto } from '../library/index.ts';

/** Photos with their class indices, in the same order. */
export interface Examples {
  readonly photos: readonly TrainingPhoto[];
  readonly labels: Int32Array;
}

/** What a training would be made on. */
export interface TrainingPlan {
  /** In the order of the network's outputs: by name, so that it doesn't depend on who labelled first. */
  readonly classNames: readonly string[];
  readonly train: Examples;
  readonly validation: Examples;
  readonly test: Examples;
  readonly leftOut: TrainResult['leftOut'];
  readonly notices: readonly Notice[];
  /** Of photos, labels and splits: equal plans train equal models. */
  readonly dataHash: string;
}

/**
 * Decides the classes and splits of a training. Photos that have no split yet get one, which they keep.
 * @throws ScenelabError NO_PHOTOS, TOO_FEW_LABELS, TOO_FEW_PHOTOS
 */
export function planTraining(library: Library): TrainingPlan {
  assignSplits(library);
  const photos = listTrainingPhotos(library);
  const counts = Map.groupBy(photos, ({ label }) => label);
  const sized = [...counts].map(([label, { length }]) => ({ label, photos: length }));
  sized.sort((a, b) => (a.label < b.label ? -1 : 1));
  const classes = sized.filter((label) => label.photos >= fewestPhotos);
  const leftOut = sized.filter((label) => label.photos < fewestPhotos);
  if (photos.length === 0) throw nothingLabelled();
  if (classes.length < 2) throw tooFewLabels(sized);
  const classNames = classes.map(({ label }) => label);
  const of = (split: Split) =>
    examplesOf(
      photos.filter((photo) => photo.split === split && classNames.includes(photo.label)),
      classNames,
    );
  const [train, validation, test] = [of('train'), of('validation'), of('test')];
  if (train.photos.length === 0 || test.photos.length === 0) throw notSplittable(train, test);
  const notices = [
    ...leftOut.map(leftOutNotice),
    ...classes.filter((c) => c.photos < roughBelow).map(roughNotice),
  ];
  return { classNames, train, validation, test, leftOut, notices, dataHash: hashOf(photos, classNames) };
}

/** Photos, all of known labels, with their class indices. */
export function examplesOf(photos: readonly TrainingPhoto[], classNames: readonly string[]): Examples {
  return { photos, labels: Int32Array.from(photos, ({ label }) => classNames.indexOf(label)) };
}

/** Several sets of examples as one, in an order that does not depend on the split. */
export function together(...sets: readonly Examples[]): Examples {
  const all = sets.flatMap(({ photos, labels }) =>
    photos.map((photo, i) => ({ photo, label: labels[i] ?? 0 })),
  );
  all.sort((a, b) => (a.photo.id < b.photo.id ? -1 : 1));
  return { photos: all.map(({ photo }) => photo), labels: Int32Array.from(all, ({ label }) => label) };
}

/** The examples without some photos. */
export function without({ photos, labels }: Examples, paths: ReadonlySet<string>): Examples {
  const kept = [...photos.keys()].filter((i) => !paths.has(photos[i]?.path ?? ''));
  return {
    photos: kept.flatMap((i) => photos[i] ?? []),
    labels: Int32Array.from(kept, (i) => labels[i] ?? 0),
  };
}

function hashOf(photos: readonly TrainingPhoto[], classNames: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(classNames));
  for (const { id, label, split } of photos) hash.update(JSON.stringify([id, label, split]));
  return hash.digest('hex');
}

function leftOutNotice({ label, photos }: { label: string; photos: number }): Notice {
  const many = photos === 1 ? '1 photo' : `${photos} photos`;
  const message = `“${label}” is left out: it has ${many}, and ${fewestPhotos} are the least.`;
  return { kind: 'notice', code: 'LABEL_LEFT_OUT', message };
}

function roughNotice({ label, photos }: { label: string; photos: number }): Notice {
  const message = `“${label}” has only ${photos} photos: its figures will be rough. 100 is good.`;
  return { kind: 'notice', code: 'LABEL_SMALL', message };
}

function nothingLabelled(): ScenelabError {
  return new ScenelabError(
    'NO_PHOTOS',
    'No photo of the project has a label',
    'photos with at least two labels',
    'Import a folder with a sub-folder per label, or label the photos',
  );
}

function tooFewLabels(labels: readonly { label: string; photos: number }[]): ScenelabError {
  const met = labels.map(({ label, photos }) => `${label} (${photos})`).join(', ');
  return new ScenelabError(
    'TOO_FEW_LABELS',
    `The labels are ${met}`,
    `at least two labels with ${fewestPhotos} photos or more each`,
    'Add photos, or another label to tell apart',
  );
}

function notSplittable(train: Examples, test: Examples): ScenelabError {
  return new ScenelabError(
    'TOO_FEW_PHOTOS',
    `There are ${train.photos.length} photos to learn from and ${test.photos.length} to test with`,
    'some of each',
    'Add photos that are not near-copies of one another: those always stay on one side of the split',
  );
}
