/** What a photo's probabilities should be, `[photos, classes]`, and how much each photo counts, `[photos]`, mean 1. */
export interface Targets {
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

/**
 * Targets of class indices. With label smoothing s the true class gets 1 − s + s / classes and each other s / classes
 * (Szegedy et al. 2015). With class weights a photo counts inversely to the frequency of its class, so that every class
 * that occurs has the same weight in all.
 */
export function targetsOf(
  labels: Int32Array,
  classes: number,
  { labelSmoothing, classWeights }: { labelSmoothing: number; classWeights: boolean },
): Targets {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  labels.forEach((label, photo) => {
    targets[photo * classes + label] = 1 - labelSmoothing + labelSmoothing / classes;
  });
  return { targets, weights: weightsOf(labels, classes, classWeights) };
}

/** How much each photo counts, `[photos]`, mean 1, as in `targetsOf`. */
export function weightsOf(labels: Int32Array, classes: number, classWeights: boolean): Float32Array {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const occurring = counts.filter((count) => count > 0).length;
  const weightOf = (label: number) => (classWeights ? labels.length / (occurring * (counts[label] ?? 1)) : 1);
  return Float32Array.from(labels, weightOf);
}
