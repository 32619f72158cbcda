import { afterEach, beforeEach, expect, test } from 'vitest';
import { TrainInput } from '../contract/index.ts';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { forkEngine, startEngine, type StartChild } from '../engine/process/spawn.ts';
import { Place } from './cli-fixture.ts';
import { followTraining } from './follow-training.ts';
import { follow, type CliEvent } from './output.ts';

const { signal } = new AbortController();
const settings = { variants: 1, epochs: 3, patience: 3, refit: 'none' } as const;
let place: Place;
let newest: ReturnType<StartChild> | undefined;
let engines: EngineSupervisor;
let input: TrainInput;

beforeEach(async () => {
  place = new Place();
  const env = { SCENELAB_DATA: place.path('data'), SCENELAB_CACHE: place.path('cache') };
  const start: StartChild = (...how) => (newest = forkEngine(...how));
  engines = new EngineSupervisor(() => startEngine({ env, start }));
  const photos = place.photos('photos', ['fish', 'windmill'], 20);
  const { client } = await engines.running();
  const { project } = await client.findProject({ path: photos });
  await follow(await client.importPhotos({ project, folders: [photos] }), { event: () => undefined });
  input = TrainInput.parse({ project, settings });
});
afterEach(async () => {
  await engines.stop();
  place[Symbol.dispose]();
});

/** Follows the training and kills the engine over the events that `isFatal` names; gives what was told. */
async function train(isFatal: (event: CliEvent) => boolean) {
  const events: CliEvent[] = [];
  const event = (event: CliEvent) => {
    events.push(event);
    if (isFatal(event)) newest?.kill();
  };
  const output = { event, result: () => undefined, failure: () => undefined };
  const trained = await followTraining(input, { engines, output, signal }).catch((error: unknown) => error);
  return { trained, events, notices: events.flatMap((event) => (event.kind === 'notice' ? event : [])) };
}

test(
  'a training whose engine is killed for its memory goes on by itself with less, and each step is told once',
  { tags: ['native'] },
  async () => {
    let kills = 0;
    const { trained, events, notices } = await train(({ kind }) => kind === 'step' && ++kills <= 2);
    expect(trained).toMatchObject({ settings: { cut: 'block11' } });
    expect(notices.map(({ code }) => code).filter((code) => code !== 'LABEL_SMALL')).toEqual([
      'OUT_OF_MEMORY',
      'LESS_AT_ONCE',
      'OUT_OF_MEMORY',
      'LESS_AT_ONCE',
    ]);
    expect(events.filter(({ kind }) => kind === 'memory').length).toBe(3);
  },
);

test('one that ends every engine without coming further is given up', async () => {
  input = { ...input, preset: 'quick' };
  const { trained, notices } = await train(({ kind }) => kind === 'memory');
  expect(trained).toMatchObject({ code: 'OUT_OF_MEMORY' });
  expect(notices.filter(({ code }) => code === 'OUT_OF_MEMORY').length).toBe(2);
});
