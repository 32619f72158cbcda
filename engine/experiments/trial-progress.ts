import { epochsSeen, type NetworkEvent } from '../gradient-descent/network-event.ts';

/** Where a trial stands. */
export interface TrialProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Of its training, 0 … 1. */
  readonly share: number;
}

/** Where a training stands after one of its events. */
export function progressAt(event: NetworkEvent, epochs: number): TrialProgress {
  return { epoch: event.epoch, epochs, share: epochsSeen(event) / epochs };
}
