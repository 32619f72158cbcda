import type { Prediction } from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { lastName } from './last-name.ts';

/** The network that is on every machine. */
const model = 'efficientnet-lite0';

/** What networks make of a photo. */
export class Looking {
  readonly model = model;
  /** File names of the sample photos, and what they show. */
  seen = $state.raw<readonly { name: string; predictions: Prediction['predictions'] }[]>([]);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async load(): Promise<void> {
    if (this.seen.length) return;
    const { folders } = await this.#engine.client.samplePhotos();
    for await (const event of await this.#engine.client.predictPhotos({
      model,
      paths: folders.slice(-1),
      top: 5,
    }))
      if (event.kind === 'prediction')
        this.seen = [...this.seen, { name: lastName(event.path), predictions: event.predictions }];
  }
}
