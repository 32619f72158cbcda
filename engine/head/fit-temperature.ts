import { fitOf, type Fit } from './softmax.ts';

const range: [number, number] = [Math.log(0.2), Math.log(5)];
const golden = (Math.sqrt(5) - 1) / 2;

/**
 * The temperature by which logits `[photos, classes]` are to be divided so that their probabilities fit the labels best
 * (Guo et al. 2017, arXiv:1706.04599), between 0.2 and 5: golden-section search on its logarithm, along which the loss
 * has one minimum. A prior with the weight of about one photo keeps it near 1 where a handful of right answers would have
 * it as cold as can be.
 */
export function fitTemperature(logits: Float32Array, labels: ArrayLike<number>): number {
  const lossAt = (logTemperature: number) => {
    const factor = Math.exp(-logTemperature);
    const { loss } = fitOf(
      logits.map((logit) => logit * factor),
      labels,
    );
    return loss + logTemperature ** 2 / labels.length;
  };
  let [low, high] = range;
  while (high - low > 1e-3) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (lossAt(left) <= lossAt(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

/**
 * How well logits fit once the temperature is fitted too, as it will be in the model: fine-tuning makes a network too sure
 * long before it stops getting better, and the plain loss would choose its first epoch.
 */
export function calibratedFit(logits: Float32Array, labels: ArrayLike<number>): Fit {
  const temperature = fitTemperature(logits, labels);
  return fitOf(
    logits.map((logit) => logit / temperature),
    labels,
  );
}
