import { rowsInTurn, type Embeddings } from './embeddings.ts';

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

/** Logits `[photos, classes]` of embeddings; where `headOf` chooses, each photo's are those of a head of its own. */
export function headLogits(
  head: HeadWeights | ((photo: number) => HeadWeights),
  embeddings: Embeddings,
): Float32Array {
  const headOf = typeof head === 'function' ? head : () => head;
  const { count, size } = embeddings;
  const classes = count === 0 ? 0 : headOf(0).bias.length;
  const logits = new Float32Array(count * classes);
  for (const { from, rows } of rowsInTurn(embeddings))
    for (let at = 0; at < rows.length; at += size) {
      const photo = from + at / size;
      const own = logitsOf(headOf(photo), rows.subarray(at, at + size));
      logits.set(own, photo * classes);
    }
  return logits;
}

function logitsOf({ kernel, bias }: HeadWeights, embedding: Float32Array): Float64Array {
  const logits = Float64Array.from(bias);
  const classes = bias.length;
  for (let j = 0; j < embedding.length; j++) {
    const value = embedding[j] ?? 0;
    for (let k = 0; k < classes; k++) logits[k] = (logits[k] ?? 0) + value * (kernel[j * classes + k] ?? 0);
  }
  return logits;
}
