import type { Compute } from './compute.ts';
import { startThread } from './tensorflow/index.ts';

/** Starts the compute thread. TensorFlow loads with its first task. */
export function startCompute(): Compute {
  return startThread(new URL('./compute.ts', import.meta.url));
}
