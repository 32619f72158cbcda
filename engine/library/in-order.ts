export interface InOrderOptions<T> {
  /** Works going on at once. */
  limit: number;
  /** Bytes that one input holds while it is worked on, and how many may be held together. */
  weigh: (input: T) => number;
  budget: number;
}

/**
 * Works on many inputs at once and yields the results in the order of the inputs; what comes out doesn't depend on what was
 * quicker. A heavy input waits until it fits the budget, or until it is alone. Throws what `work` throws, in its turn.
 * Leaving early lets the works that have begun end first.
 */
export async function* inOrder<T, R>(
  inputs: Iterable<T>,
  work: (input: T) => Promise<R>,
  { limit, weigh, budget }: InOrderOptions<T>,
): AsyncGenerator<R> {
  const running: { result: Promise<R>; weight: number }[] = [];
  let held = 0;
  try {
    for (const input of inputs) {
      const weight = weigh(input);
      while (running.length >= limit || (running.length > 0 && held + weight > budget)) {
        yield await next();
      }
      const result = work(input);
      result.catch(() => {}); // heard when it is its turn
      running.push({ result, weight });
      held += weight;
    }
    while (running.length > 0) yield await next();
  } finally {
    await Promise.allSettled(running.map(({ result }) => result));
  }

  async function next(): Promise<R> {
    const first = running[0];
    if (!first) throw new Error('nothing is running');
    try {
      return await first.result;
    } finally {
      running.shift();
      held -= first.weight;
    }
  }
}
