import type { LabSettings, Notice, Progress } from '../../contract/index.ts';
import { projectName, type Library } from '../library/index.ts';
import { joinPictures } from '../photos/join-pictures.ts';
import { preparePhotos } from '../prediction/prepare-photos.ts';
import { startProgress } from '../progress.ts';
import { planTraining, together, type Examples } from '../training/plan-training.ts';
import type { LabSets } from './lab-sets.ts';
import type { LabelledImages } from './labelled-images.ts';

/** Photos that may be decoded before they are taken. */
const ahead = 64;

/**
 * A project's labelled photos as a network sees them: framed working copies, in the splits that the project keeps. Photos that
 * can't be read are left out, and said.
 * @throws ScenelabError NO_PHOTOS, TOO_FEW_LABELS, TOO_FEW_PHOTOS
 */
export async function* readProjectImages(
  library: Library,
  settings: Pick<LabSettings, 'validation' | 'limit' | 'inputSize' | 'framing'>,
  signal: AbortSignal,
): AsyncGenerator<Progress | Notice, LabSets> {
  const plan = planTraining(library);
  yield* plan.notices;
  const { classNames, test } = plan;
  const watches = settings.validation > 0 && plan.validation.photos.length > 0;
  const learned = watches ? plan.train : together(plan.train, plan.validation);
  const train = limited(learned, settings.limit);
  const sets = watches ? [train, test, plan.validation] : [train, test];
  const progress = startProgress(
    'prepare',
    sets.reduce((sum, { photos }) => sum + photos.length, 0),
  );
  const read: LabelledImages[] = [];
  let done = 0;
  for (const { photos, labels } of sets) {
    const files = photos.map((photo, i) => ({ ...photo, truth: labels[i] ?? 0 }));
    const seen: { truth: number; pixels: Uint8Array }[] = [];
    for await (const photo of preparePhotos(files, { ...settings, ahead })) {
      signal.throwIfAborted();
      const event = progress.at(++done);
      if (event) yield event;
      if (photo.kind === 'prepared') seen.push({ truth: photo.file.truth, pixels: photo.pixels });
      else {
        const { path, reason } = photo.skipped;
        yield { kind: 'notice', code: 'PHOTO_UNREADABLE', message: `${path} is left out: ${reason}` };
      }
    }
    read.push({
      shape: [settings.inputSize, settings.inputSize, 3],
      classNames,
      labels: Int32Array.from(seen, ({ truth }) => truth),
      pixels: joinPictures(seen.map(({ pixels }) => pixels)),
    });
  }
  yield progress.now(done);
  return { name: projectName(library), ...named(read) };
}

function named([train, test, validation]: LabelledImages[]): Omit<LabSets, 'name'> {
  if (!train || !test) throw new Error('The photos were not read.');
  return { train, test, validation: validation ?? null };
}

/** Photos come in the order of their ids, which are as good as drawn by lot. */
function limited({ photos, labels }: Examples, limit: number | null): Examples {
  return limit === null
    ? { photos, labels }
    : { photos: photos.slice(0, limit), labels: labels.slice(0, limit) };
}
