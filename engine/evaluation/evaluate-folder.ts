import { ScenelabError, type Notice, type Progress, type Skipped } from '../../contract/index.ts';
import { classifyPhotos, listPhotos, type Classifier, type ListedPhoto } from '../prediction/index.ts';
import { startProgress } from '../progress.ts';
import { findMistakes, type Answers } from './find-mistakes.ts';
import { baselineOf, measure } from './metrics.ts';
import type { StoredEvaluation } from './stored-evaluation.ts';

/** Judges a model by the photos of a folder with a sub-folder per label. Throws NOT_FOUND or NO_PHOTOS. */
export async function* evaluateFolder(
  classifier: Classifier,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, StoredEvaluation> {
  const { classNames } = classifier;
  // A model whose labels are paths was trained on folders inside folders.
  const nested = classNames.some((name) => name.includes('/')) ? 'join' : 'flatten';
  const listed = await listPhotos([folder], signal, { nested });
  const isKnown = ({ label }: ListedPhoto) => label !== null && classNames.includes(label);
  const photos = listed.filter((photo) => photo.skipped ?? isKnown(photo));
  if (!listed.some(isKnown)) throw noKnownLabel(folder, classNames);
  yield* leftOut(listed.filter((photo) => !photos.includes(photo)));

  const answered: { path: string; truth: number; probabilities: Float32Array }[] = [];
  const skipped: Skipped[] = [];
  const progress = startProgress('evaluate', photos.length);
  for await (const photo of classifyPhotos(classifier, photos, signal)) {
    const { path, label } = photo.file;
    if (photo.kind === 'skipped') skipped.push(photo.skipped);
    else answered.push({ path, truth: classNames.indexOf(label ?? ''), probabilities: photo.probabilities });
    const event = progress.at(answered.length + skipped.length);
    if (event) yield event;
  }
  yield progress.now(photos.length);
  return { ...judge(joined(answered), classifier), skipped };
}

function judge(
  answers: Answers,
  { classNames, trainingPhotos }: Classifier,
): Omit<StoredEvaluation, 'skipped'> {
  const { probabilities, truth } = answers;
  // Of a model that doesn't say what it was trained on, the most frequent label here stands in.
  const trained = Int32Array.from(trainingPhotos.flatMap((photos, c) => new Array<number>(photos).fill(c)));
  return {
    test: measure(probabilities, truth, classNames),
    baseline: baselineOf(trained.length > 0 ? trained : truth, truth, classNames),
    mistakes: findMistakes(answers, classNames),
  };
}

function joined(answered: { path: string; truth: number; probabilities: Float32Array }[]): Answers {
  const classes = answered[0]?.probabilities.length ?? 0;
  const probabilities = new Float32Array(answered.length * classes);
  answered.forEach((photo, i) => probabilities.set(photo.probabilities, i * classes));
  return {
    paths: answered.map(({ path }) => path),
    truth: Int32Array.from(answered, ({ truth }) => truth),
    probabilities,
  };
}

function* leftOut(photos: ListedPhoto[]): Generator<Notice> {
  const counts = Map.groupBy(photos, ({ label }) => label);
  for (const [label, { length }] of counts)
    yield {
      kind: 'notice',
      code: 'LABEL_UNKNOWN',
      message:
        label === null
          ? `Photos outside the sub-folders (${length}) have no label and are left out.`
          : `The model doesn't know the label “${label}”; its photos (${length}) are left out.`,
    };
}

function noKnownLabel(folder: string, classNames: readonly string[]): ScenelabError {
  const some = classNames.slice(0, 10).join(', ');
  return new ScenelabError(
    'NO_PHOTOS',
    `${folder} has no sub-folder with the name of one of the model's labels`,
    `${some}${classNames.length > 10 ? ', …' : ''}`,
    'Name a folder with a sub-folder per label',
  );
}
