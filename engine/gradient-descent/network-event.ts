import type { Epoch, Step } from '../../contract/index.ts';

/** What the training of a whole network tells. */
export type NetworkEvent = Omit<Step, 'stage'> | Omit<Epoch, 'stage' | 'best'>;

/** How many times all photos had been gone through at an event, with the share of the epoch under way. */
export function epochsSeen(event: NetworkEvent): number {
  return event.epoch - 1 + (event.kind === 'epoch' ? 1 : event.step / event.steps);
}
