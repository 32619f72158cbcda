import type { NetworkInside } from '../../contract/index.ts';
import type { SeenModel } from './find-seen.ts';
import { firstFilters } from './first-filters.ts';
import { withNetwork } from './networks-in-memory.ts';
import { seenLayers } from './seen-layers.ts';

/** A network from the inside. A task of the compute thread. Throws as `readSeenNetwork`. */
export function readInside({ model }: { model: SeenModel }): Promise<NetworkInside> {
  return withNetwork(model, ({ network: { graph, classNames, ...network } }) => {
    const [height = 0, width = 0, channels = 0] = graph.nodes[0]?.shape ?? [];
    return {
      name: network.name,
      input: [height, width, channels],
      framing: network.framing,
      pixelScale: network.pixelScale,
      classes: classNames.length,
      layers: seenLayers(graph),
      filters: firstFilters(graph),
    };
  });
}
