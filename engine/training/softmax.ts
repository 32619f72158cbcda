/** Mean cross-entropy (nats) and share of right answers of logits `[photos, classes]`, both over the labels' photos. */
export interface Fit {
  readonly loss: number;
  readonly accuracy: number;
}

/** Natural logarithm of the softmax of one photo's logits. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const row = Float64Array.from(logits);
  const most = Math.max(...row);
  const logSum = most + Math.log(row.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return row.map((logit) => logit - logSum);
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
