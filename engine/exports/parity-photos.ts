import { join } from 'node:path';
import { appFolder } from '../app-folder.ts';
import { listTrainingPhotos, openLibrary, type TrainingPhoto } from '../library/index.ts';
import type { ProjectRun } from '../models/find-model.ts';
import { listPhotos, preparePhotos, type Classifier, type PhotoFile } from '../prediction/index.ts';

const mostPhotos = 50;
const sample = join(appFolder, 'assets/sample');

/** A photo on which an export is compared with the app. */
export interface ParityPhoto {
  readonly path: string;
  /** `[inputSize, inputSize, 3]` uint8. */
  readonly pixels: Uint8Array;
}

/** Up to 50 photos, framed for a model: of its project, test photos first; without a project, the sample's. */
export async function parityPhotos(
  run: ProjectRun | null,
  classifier: Classifier,
  signal: AbortSignal,
): Promise<ParityPhoto[]> {
  const files: PhotoFile[] = run ? photosOf(run.project) : await listPhotos([sample], signal);
  const photos: ParityPhoto[] = [];
  for await (const photo of preparePhotos(files, { ...classifier, ahead: mostPhotos })) {
    signal.throwIfAborted();
    if (photo.kind === 'prepared') photos.push({ path: photo.file.path, pixels: photo.pixels });
    if (photos.length === mostPhotos) break;
  }
  return photos;
}

function photosOf(project: string): TrainingPhoto[] {
  using library = openLibrary(project);
  const order = ['test', 'validation', 'train'];
  return listTrainingPhotos(library).sort((a, b) => order.indexOf(a.split) - order.indexOf(b.split));
}
