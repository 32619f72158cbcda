import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { PhotoId } from '../../contract/index.ts';
import type { predictPhotos } from './predict-photos.ts';

/** Files that were predicted or found since the engine started, by what stands for them in addresses: no path is in one. */
export class PredictedFiles {
  readonly #paths = new Map<PhotoId, string>();

  /** Null for what is not known. */
  pathOf(photo: PhotoId): string | null {
    return this.#paths.get(photo) ?? null;
  }

  /** The same stream, in which every prediction also says what stands for its file. */
  async *naming(events: ReturnType<typeof predictPhotos>): ReturnType<typeof predictPhotos> {
    await using stream = events;
    for (;;) {
      const { done, value } = await stream.next();
      if (done) return value;
      yield value.kind === 'prediction' ? { ...value, photo: await this.remember(value.path) } : value;
    }
  }

  /** What stands for a file; something else once the file has changed. */
  async remember(path: string): Promise<PhotoId> {
    const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
    const photo = createHash('sha256').update(`${path}\0${size}\0${mtimeMs}`).digest('hex');
    this.#paths.set(photo, path);
    return photo;
  }
}
