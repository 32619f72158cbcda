import { expect, test } from 'vitest';
import { NewestOnly } from './newest-only.ts';

test('what is wished for while something is done waits for it, and only the last of it is done', async () => {
  const newest = new NewestOnly();
  const done: string[] = [];
  const gates = new Map(['a', 'b', 'c', 'd'].map((name) => [name, Promise.withResolvers<void>()]));
  const wish = (name: string) =>
    newest.do(async () => {
      await gates.get(name)?.promise;
      done.push(name);
    });
  const first = wish('a');
  void wish('b');
  void wish('c');
  gates.forEach(({ resolve }) => resolve());
  await first;
  expect(done).toEqual(['a', 'c']);
  await wish('d');
  expect(done).toEqual(['a', 'c', 'd']);
});
