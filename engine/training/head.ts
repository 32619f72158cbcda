/** The last layer: logits are `embedding · kernel + bias`. */
export interface HeadWeights {
  /** `[size, classes]` float32. */
  readonly kernel: Float32Array;
  /** `[classes]` float32. */
  readonly bias: Float32Array;
}

/** The head whose softmax is that of the logits divided by `temperature`, as it is exported. */
export function cooled({ kernel, bias }: HeadWeights, temperature: number): HeadWeights {
  const divided = (values: Float32Array) => values.map((value) => value / temperature);
  return { kernel: divided(kernel), bias: divided(bias) };
}

/** Logits `[photos, classes]` of embeddings `[photos, size]`. */
export function headLogits({ kernel, bias }: HeadWeights, embeddings: Float32Array): Float32Array {
  const classes = bias.length;
  const size = kernel.length / classes;
  const logits = new Float32Array((embeddings.length / size) * classes);
  for (let i = 0; i < logits.length; i++) {
    const [photo, k] = [Math.floor(i / classes), i % classes];
    let sum = bias[k] ?? 0;
    for (let j = 0; j < size; j++)
      sum += (embeddings[photo * size + j] ?? 0) * (kernel[j * classes + k] ?? 0);
    logits[i] = sum;
  }
  return logits;
}
