import type { tf } from '../tensorflow/index.ts';
import { buildEfficientNetLite } from './efficientnet-lite.ts';
import { buildInceptionV3 } from './inception-v3.ts';
import { unknownNetwork } from './registry.ts';

const builders = new Map<string, () => tf.LayersModel>([
  ['inception-v3', () => buildInceptionV3()],
  ['efficientnet-lite0', () => buildEfficientNetLite('lite0')],
  ['efficientnet-lite1', () => buildEfficientNetLite('lite1')],
  ['efficientnet-lite2', () => buildEfficientNetLite('lite2')],
  ['efficientnet-lite3', () => buildEfficientNetLite('lite3')],
  ['efficientnet-lite4', () => buildEfficientNetLite('lite4')],
]);

/**
 * Builds a network of the registry, untrained; the caller disposes it.
 * @throws ScenelabError NOT_FOUND
 */
export function buildNetwork(id: string): tf.LayersModel {
  const build = builders.get(id);
  if (!build) throw unknownNetwork(id);
  return build();
}
