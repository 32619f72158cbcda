import type { LabelledImages } from './labelled-images.ts';
import { imagesAt } from './vary-images.ts';

/** Images to learn from, to watch the training by and to judge by at the end; all of one size, with the same classes. */
export interface LabSets {
  /** For people: "MNIST", the project's name. */
  readonly name: string;
  readonly train: LabelledImages;
  readonly validation: LabelledImages | null;
  readonly test: LabelledImages;
}

/** Some of the images, copied. */
export function taken(images: LabelledImages, places: Int32Array): LabelledImages {
  const labels = places.map((place) => images.labels[place] ?? 0);
  return { ...images, labels, pixels: imagesAt(images, places) };
}
