import type { Compute } from '../compute.ts';

/** As in embedding. */
const batchSize = 32;

/**
 * Seconds that one photo takes this machine in a forward pass of EfficientNet-Lite0, batch 32: the measure of how fast it
 * trains. Takes a second or two; null where the network can't be run.
 */
export async function measurePass(compute: Compute): Promise<number | null> {
  try {
    const network = { kind: 'backbone' as const, id: 'efficientnet-lite0' };
    const { handle, inputSize } = await compute.call('openNetwork', { network });
    const run = async () => {
      const pixels = new Uint8Array(batchSize * inputSize * inputSize * 3).fill(127);
      const started = performance.now();
      await compute.call('runNetwork', { handle, pixels, n: batchSize }, { transfer: [pixels.buffer] });
      return (performance.now() - started) / 1000 / batchSize;
    };
    try {
      await run(); // the first one also sets the network up
      return Math.min(await run(), await run());
    } finally {
      await compute.call('closeNetwork', { handle });
    }
  } catch {
    return null; // only a guess is lost; a training will say what is wrong
  }
}
