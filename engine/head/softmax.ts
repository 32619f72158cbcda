/** Mean cross-entropy (nats) and share of right answers of logits `[photos, classes]`, both over the labels' photos. */
export interface Fit {
  readonly loss: number;
  readonly accuracy: number;
}

/** Natural logarithm of the sum of the exponentials of one photo's logits; none overflows. */
export function logSumExp(logits: ArrayLike<number>): number {
  let [most, sum] = [-Infinity, 0];
  for (let k = 0; k < logits.length; k++) most = Math.max(most, logits[k] ?? 0);
  for (let k = 0; k < logits.length; k++) sum += Math.exp((logits[k] ?? 0) - most);
  return most + Math.log(sum);
}

/** Natural logarithm of the softmax of one photo's logits. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const logSum = logSumExp(logits);
  return Float64Array.from(logits, (logit) => logit - logSum);
}

/** Softmax of each row of logits `[photos, classes]`. */
export function softmax(logits: Float32Array, classes: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += classes)
    probabilities.set(logSoftmax(logits.subarray(at, at + classes)).map(Math.exp), at);
  return probabilities;
}

/** How well logits `[photos, classes]` fit the labels `[photos]`. */
export function fitOf(logits: Float32Array, labels: ArrayLike<number>): Fit {
  const classes = logits.length / labels.length;
  let [loss, right] = [0, 0];
  for (let photo = 0; photo < labels.length; photo++) {
    const row = logSoftmax(logits.subarray(photo * classes, (photo + 1) * classes));
    const label = labels[photo] ?? 0;
    loss -= row[label] ?? 0;
    if (row.indexOf(Math.max(...row)) === label) right++;
  }
  return { loss: loss / labels.length, accuracy: right / labels.length };
}
