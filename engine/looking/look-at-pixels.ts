import { ScenelabError, type FeatureMaps } from '../../contract/index.ts';
import { nodeNamed, subgraph } from '../graph/index.ts';
import { openEagerGraph } from '../inference/eager-graph.ts';
import { toFeatureMaps } from './feature-maps.ts';
import type { SeenModel } from './find-seen.ts';
import { withNetwork } from './networks-in-memory.ts';
import { seenLayers } from './seen-layers.ts';

interface LookAtPixelsInput {
  readonly model: SeenModel;
  /** One image, `[height, width, channels]` uint8. */
  readonly pixels: Uint8Array;
  /** Whose maps are wanted: of these layers, or of all of them, steady. */
  readonly layers: readonly string[] | 'all';
}

/** What a network makes of an image: its answer, `[classes]` float32, with the names of its values, and the maps. */
export interface LookedAt {
  readonly answer: Float32Array;
  readonly classNames: readonly string[];
  readonly maps: FeatureMaps[];
}

/**
 * Runs one image through a network, operation by operation: any layer can then be an output, and an image takes tens of
 * milliseconds. A task of the compute thread.
 * @throws ScenelabError MODEL_INVALID when there is no such layer, and as `readSeenNetwork`.
 */
export function lookAtPixels({ model, pixels, layers }: LookAtPixelsInput): Promise<LookedAt> {
  return withNetwork(model, async ({ network: { graph, pixelScale, classNames }, weights }) => {
    const wanted = layers === 'all' ? seenLayers(graph).map(({ name }) => name) : layers;
    for (const layer of wanted) if (!graph.nodes.some(({ name }) => name === layer)) throw noLayer(layer);
    const part = subgraph(graph, null, [...graph.outputs, ...wanted]);
    const [answer = new Float32Array(), ...values] = await openEagerGraph(part, { pixelScale }, weights).run(
      pixels,
      1,
    );
    const maps = values.map((each, i) => {
      const layer = wanted[i] ?? '';
      const { op: kind, shape } = nodeNamed(graph, layer);
      return toFeatureMaps({ layer, kind, shape, values: each }, { steady: layers === 'all' });
    });
    return { answer, classNames, maps };
  });
}

function noLayer(layer: string): ScenelabError {
  const expected = 'one that `scenelab inspect` lists of it';
  return new ScenelabError(
    'MODEL_INVALID',
    `The network has no layer "${layer}"`,
    expected,
    'Check its name',
  );
}
