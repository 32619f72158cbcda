import { startThread } from '../tensorflow/thread.ts';
import { joined } from './in-slices.ts';
import type { RunnableGraph } from './runnable-graph.ts';
import type { TfliteThread } from './tflite-thread.ts';

/**
 * The bytes of a TFLite file run by LiteRT, or undefined where that isn't installed. `shape` is that of one photo; photos go
 * through one after the other.
 */
export async function openTfliteModel(
  bytes: Uint8Array,
  shape: readonly number[],
): Promise<RunnableGraph | undefined> {
  if (!isInstalled()) return undefined;
  const thread: TfliteThread = startThread(new URL('./tflite-thread.ts', import.meta.url));
  await thread.call('open', bytes).catch(async (error: unknown) => {
    await thread.close();
    throw error;
  });
  return {
    async run(input, n) {
      const size = input.length / n;
      const answers: Float32Array[][] = [];
      for (let i = 0; i < n; i++) {
        const values = Float32Array.from(input.subarray(i * size, (i + 1) * size));
        answers.push(await thread.call('run', { values, shape }));
      }
      const [first = []] = answers;
      return first.map((_, o) => joined(answers.map((answer) => answer[o] ?? new Float32Array())));
    },
    dispose: () => void thread.close(),
  };
}

function isInstalled(): boolean {
  try {
    return import.meta.resolve('@litertjs/core') !== '';
  } catch {
    return false;
  }
}
