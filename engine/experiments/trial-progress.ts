import type { NetworkEvent } from '../gradient-descent/train-network.ts';

/** Where a trial stands. */
export interface TrialProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Of its training, 0 … 1. */
  readonly share: number;
}

/** Where a training stands after one of its events. */
export function progressAt(event: NetworkEvent, epochs: number): TrialProgress {
  const done = event.kind === 'epoch' ? 1 : event.step / event.steps;
  return { epoch: event.epoch, epochs, share: (event.epoch - 1 + done) / epochs };
}
