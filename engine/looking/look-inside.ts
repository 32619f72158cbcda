import type { NetworkInside } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { findSeen } from './find-seen.ts';

/**
 * A network without a photo: its own preprocessing, its layers, the filters of the first convolution.
 * @throws ScenelabError as `findSeen` and `readSeenNetwork`.
 */
export async function lookInside(compute: Compute, network: string): Promise<NetworkInside> {
  return compute.call('readInside', { model: findSeen(network) });
}
