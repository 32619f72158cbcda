import type { TrainInput, TrainResult } from '../contract/index.ts';
import { labelPhotos, listTrainingPhotos, type Library } from '../engine/library/index.ts';
import { startCompute } from '../engine/start-compute.ts';
import { trainModel } from '../engine/training/train-model.ts';
import { forgetPeakMemory, peakMemory } from './turns/peak-memory.ts';
import { spent, type Spent } from './turns/spent.ts';

/** What a step took; `peak` is the most bytes that the process held meanwhile. */
export interface Step extends Spent {
  readonly peak: number;
}

/** Does long work to its end; gives what it took, what it returned and which stages it went through. */
export async function takeStep<T>(work: AsyncGenerator<{ kind: string; stage?: string }, T>) {
  const stages = new Set<string>();
  const results: T[] = [];
  forgetPeakMemory();
  const took = await spent(async () => {
    for (let next = await work.next(); ; next = await work.next()) {
      if (next.done) return results.push(next.value);
      if (next.value.stage) stages.add(next.value.stage);
    }
  });
  return { ...took, peak: peakMemory(), results, stages };
}

/** A first training of a library, and another one after a single label was changed. */
export async function trainTwice(library: Library, input: TrainInput) {
  const compute = startCompute();
  const { signal } = new AbortController();
  const first = await takeStep<TrainResult>(trainModel(compute, library, input, { signal }));
  const [photo] = listTrainingPhotos(library);
  labelPhotos(library, [{ photo: photo?.id ?? '', label: photo?.label === 'city' ? 'beach' : 'city' }]);
  const again = await takeStep<TrainResult>(trainModel(compute, library, input, { signal }));
  await compute.close();
  return { first, again };
}
