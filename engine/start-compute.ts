import type { Compute } from './compute.ts';
import { startThread } from './tensorflow/thread.ts';

/** Starts the compute thread. TensorFlow loads with its first task. */
export function startCompute(): Compute {
  return startThread(new URL('./compute.ts', import.meta.url));
}

/** Gives the compute thread: starts it when it is first asked for, and again when it has died. */
export function keepCompute(): () => Compute {
  let compute: Compute | undefined;
  return () => (compute = compute && !compute.stopped ? compute : startCompute());
}
