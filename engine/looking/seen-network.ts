import type { Framing, PixelScale } from '../../contract/index.ts';
import { loadBackbone } from '../backbones/load-backbone.ts';
import { subgraph, type InferenceGraph } from '../graph/index.ts';
import { readLabNetwork } from '../lab/kept-networks.ts';
import { loadLabNetwork } from '../lab/open-lab-network.ts';
import type { SeenModel } from './find-seen.ts';
import { readModel } from '../models/read-model.ts';

/** A network that can be looked into, and how a photo is put to it. Plain data. */
export interface SeenNetwork {
  readonly name: string;
  /** From one image to the answer, its only output. */
  readonly graph: InferenceGraph;
  readonly framing: Framing;
  readonly pixelScale: PixelScale;
  /** Of the answer's values; empty where the network has no names to give. */
  readonly classNames: readonly string[];
}

/**
 * Reads a network with its weights. TensorFlow must have been started.
 * @throws ScenelabError as `loadBackbone`, `readModel` and `readLabNetwork`.
 */
export async function readSeenNetwork(model: SeenModel): Promise<SeenNetwork> {
  if (model.kind === 'model') return readModel(model.folder);
  if (model.kind === 'lab') {
    const { name, settings, classNames } = readLabNetwork(model.id);
    return { ...loadLabNetwork(model.id), name, framing: settings.framing, classNames };
  }
  const { graph, info, classNames } = await loadBackbone(model.id);
  const answer = classNames.length > 0 ? 'probabilities' : 'embedding';
  return {
    name: info.name,
    graph: subgraph(graph, null, [answer]),
    framing: 'crop',
    pixelScale: info.pixelScale,
    classNames,
  };
}
