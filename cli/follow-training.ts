import { ScenelabError, type TrainInput, type TrainResult } from '../contract/index.ts';
import { follow, type CliEvent } from './output.ts';
import type { Session } from './session.ts';

/** Engines that may end over a training without bringing it any further. */
const mostIdleEnds = 2;

/**
 * Trains to the end. When the engine ends over it, the next one goes on where it was, as long as they come further: do an epoch, or
 * take a step down to less memory.
 */
export async function followTraining(
  input: TrainInput,
  { engines, output, signal }: Pick<Session, 'engines' | 'output' | 'signal'>,
): Promise<TrainResult> {
  const told = new Set<string>();
  for (let idle = 0; ;) {
    const engine = await engines.running();
    const event = (event: CliEvent) => {
      if (event.kind === 'notice' && told.has(event.message)) return;
      if (event.kind === 'notice') told.add(event.message);
      if (event.kind === 'notice' || event.kind === 'epoch') idle = 0;
      output.event(event);
    };
    try {
      return await follow(await engine.client.trainModel(input, { signal }), { event });
    } catch (error) {
      const hasEnded = (await engines.running()) !== engine;
      if (!hasEnded || !(error instanceof ScenelabError) || ++idle > mostIdleEnds) throw error;
      const { code, met } = error.data;
      const what = code === 'OUT_OF_MEMORY' ? met : 'The engine stopped';
      output.event({ kind: 'notice', code, message: `${what}. It is started again and goes on.` });
    }
  }
}
