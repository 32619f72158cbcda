import type { Step } from '../../contract/index.ts';
import type { Fit } from '../head/softmax.ts';
import { startProgress, type ProgressMeter } from '../progress.ts';

/** Adds up how photos fit while an epoch goes over them, and says, at most 20 times a second, where it stands. */
export class EpochMeter {
  readonly #place: { readonly epoch: number; readonly steps: number };
  readonly #meter: ProgressMeter;
  #step = 0;
  #photos = 0;
  #loss = 0;
  #right = 0;

  /** Of an epoch (0 is the first) with so many steps; `photosLeft` counts its photos and those of all epochs after it. */
  constructor(epoch: number, steps: number, photosLeft: number) {
    this.#place = { epoch: epoch + 1, steps };
    this.#meter = startProgress('fine-tune', photosLeft);
  }

  /** Takes in how the photos of the next step fit; gives the event to yield of it, if it is time for one. */
  take(fit: Fit, photos: number): Omit<Step, 'stage'> | null {
    this.#step += 1;
    this.#photos += photos;
    this.#loss += fit.loss * photos;
    this.#right += fit.accuracy * photos;
    const progress = this.#meter.at(this.#photos);
    if (!progress) return null;
    const { rate, secondsLeft } = progress;
    return {
      kind: 'step',
      ...this.#place,
      step: this.#step,
      ...fit,
      photosPerSecond: rate ?? 0,
      secondsLeft,
    };
  }

  /** Mean of all photos so far, as they were seen. */
  get fit(): Fit {
    return { loss: this.#loss / this.#photos, accuracy: this.#right / this.#photos };
  }
}
