import { expect, test } from 'vitest';
import { forkEngine, type EngineChild } from './fork-engine.ts';
import { startEngine, type EngineProcess } from './spawn.ts';
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

test('it can be stopped while no engine runs', async () => {
  const { ends, start } = engines();
  const supervisor = new EngineSupervisor(start);
  for (const number of [0, 1]) {
    const engine = await supervisor.running();
    ends[number]?.();
    await engine.exited;
  }
  // The third is started after a pause.
  await supervisor.stop();
  expect(ends).toHaveLength(2);
});

test('a real engine that is killed is replaced, and what was asked of it is answered', async () => {
  const children: EngineChild[] = [];
  const start = () =>
    startEngine({
      start: (...how) => {
        const child = forkEngine(...how);
        children.push(child);
        return child;
      },
    });
  const supervisor = new EngineSupervisor(start);
  await supervisor.ask((client) => client.samplePhotos());
  const answer = supervisor.ask((client) => client.doctor());
  children[0]?.kill();
  expect((await answer).cores).toBeGreaterThan(0);
  expect(children).toHaveLength(2);
  await supervisor.stop();
});
