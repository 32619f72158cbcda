export interface MapInOrderOptions<Item> {
  /** Works going on at the same time. */
  readonly atOnce: number;
  /** Items begun whose results were not taken yet, at most. */
  readonly ahead: number;
  /** What one item weighs while it is worked on and until it is taken, bytes say; nothing by default. */
  readonly weigh?: (item: Item) => number;
  /** What those begun may weigh together; an item heavier than this goes alone. */
  readonly budget?: number;
}

/**
 * Does `work` on the items and yields the results in the order of the items, working ahead also while whoever takes them is
 * busy. A failure is thrown when its turn comes. Once the loop is left nothing more is started, and what was begun ends first.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  { atOnce, ahead, weigh = () => 0, budget = Infinity }: MapInOrderOptions<Item>,
): AsyncGenerator<Result, void> {
  const source = items[Symbol.iterator]();
  const begun: { result: Promise<Result>; weight: number }[] = [];
  let running = 0;
  let held = 0;
  let next = source.next();
  const startMore = () => {
    while (!next.done && running < atOnce && begun.length < ahead) {
      const weight = weigh(next.value);
      if (begun.length > 0 && held + weight > budget) return;
      running += 1;
      held += weight;
      const result = work(next.value).finally(() => {
        running -= 1;
        startMore();
      });
      // Without this a failure behind a slow item counts as unhandled before its turn.
      result.catch(() => undefined);
      begun.push({ result, weight });
      next = source.next();
    }
  };
  try {
    startMore();
    for (let first = begun[0]; first !== undefined; first = begun[0]) {
      const result = await first.result;
      begun.shift();
      held -= first.weight;
      startMore();
      yield result;
    }
  } finally {
    next = { done: true, value: undefined };
    await Promise.allSettled(begun.map(({ result }) => result));
  }
}
