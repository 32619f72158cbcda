import type {
  ClassProbability,
  FeatureMaps,
  LookedPhoto,
  NetworkInside,
  SeenLayer,
} from '../../../contract/index.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { NewestOnly } from './newest-only.ts';

/** What one network makes of the photo that is looked at. Shows the last answer until the next one is there. */
export class Seer {
  /** Id of a backbone or of a kept network, or the folder of a project. */
  readonly network: string;
  inside = $state.raw<NetworkInside | null>(null);
  predictions = $state.raw<readonly ClassProbability[] | null>(null);
  maps = $state.raw<FeatureMaps | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Name of the layer whose maps are wanted; null: the first. */
  layer = $state.raw<string | null>(null);
  /** Those that give maps, in their order. */
  readonly layers: readonly SeenLayer[] = $derived(
    this.inside?.layers.filter(({ shape }) => shape.length === 3 && shape[0] !== 1) ?? [],
  );
  readonly #engine: Engine;
  readonly #newest = new NewestOnly();

  constructor(engine: Engine, network: string) {
    this.#engine = engine;
    this.network = network;
  }

  /** Looks at a photo, and with `isOpen` at the maps of the chosen layer. */
  async look(photo: LookedPhoto, isOpen: boolean): Promise<void> {
    const { network } = this;
    await this.#newest.do(async () => {
      try {
        this.inside ??= await this.#engine.persist((client) => client.lookInside({ network }));
        const layer = isOpen ? (this.layer ?? this.layers[0]?.name ?? null) : null;
        const { predictions, maps } = await this.#engine.persist((client) =>
          client.lookAtPhoto({ network, photo, layer, top: 5 }),
        );
        this.predictions = predictions;
        if (maps) this.maps = maps;
        this.failure = null;
      } catch (error) {
        this.failure = toFailure(error);
      }
    });
  }
}
