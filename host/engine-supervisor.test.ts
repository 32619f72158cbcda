import { expect, test } from 'vitest';
import type { EngineProcess } from '../engine/spawn.ts';
import { EngineSupervisor } from './engine-supervisor.ts';

/** An engine that ends when it is told to; its client answers with its number. */
function engines() {
  const ends: (() => void)[] = [];
  const start = () => {
    const { promise: exited, resolve } = Promise.withResolvers<null>();
    const number = ends.push(() => resolve(null));
    const stop = () => Promise.resolve(resolve(null));
    return { exited, stop, client: { number } } as unknown as EngineProcess;
  };
  return { ends, start };
}
const numberOf = (engine: EngineProcess) => (engine.client as unknown as { number: number }).number;

test('an engine that dies is replaced', async () => {
  const { ends, start } = engines();
  const supervisor = new EngineSupervisor(start);
  const first = await supervisor.running();
  ends[0]?.();
  await first.exited;
  expect(numberOf(await supervisor.running())).toBe(2);
  await supervisor.stop();
});

test('a question that the engine died over is asked again of the next', async () => {
  const { ends, start } = engines();
  const supervisor = new EngineSupervisor(start);
  const answer = await supervisor.ask(async (client) => {
    const { number } = client as unknown as { number: number };
    if (number === 1) {
      ends[0]?.();
      await new Promise((resolve) => setTimeout(resolve, 10));
      throw new Error('gone');
    }
    return number;
  });
  expect(answer).toBe(2);
  await supervisor.stop();
});

test('a question that fails for its own reason is not asked again', async () => {
  const { start } = engines();
  const supervisor = new EngineSupervisor(start);
  await expect(supervisor.ask(() => Promise.reject(new Error('no such photo')))).rejects.toThrow(
    'no such photo',
  );
  await supervisor.stop();
});

test('an engine that was told to stop stays stopped', async () => {
  const { ends, start } = engines();
  const supervisor = new EngineSupervisor(start);
  await supervisor.running();
  await supervisor.stop();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(ends).toHaveLength(1);
});
