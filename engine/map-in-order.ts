/**
 * Does `work` on the items, `atOnce` of them at the same time, and yields the results in the order of the items. It runs
 * at most `ahead` results ahead of whoever takes them, also while that one is busy. A failure is thrown when its turn
 * comes; once the loop is left nothing more is started.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  { atOnce, ahead }: { atOnce: number; ahead: number },
): AsyncGenerator<Result, void> {
  const source = items[Symbol.iterator]();
  const started: Promise<Result>[] = [];
  let running = 0;
  let ended = false;
  const startMore = () => {
    while (!ended && running < atOnce && started.length < ahead) {
      const next = source.next();
      if (next.done) return void (ended = true);
      running += 1;
      const result = work(next.value).finally(() => {
        running -= 1;
        startMore();
      });
      // Without this a failure behind a slow item counts as unhandled before its turn.
      result.catch(() => undefined);
      started.push(result);
    }
  };
  try {
    startMore();
    for (let first = started.shift(); first !== undefined; first = started.shift()) {
      startMore();
      yield await first;
    }
  } finally {
    ended = true;
  }
}
