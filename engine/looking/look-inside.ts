import type { NetworkInside } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { findModel } from '../models/find-model.ts';

/**
 * A network without a photo: its own preprocessing, its layers, the filters of the first convolution.
 * @throws ScenelabError as `findModel` and `readSeenNetwork`.
 */
export async function lookInside(compute: Compute, network: string): Promise<NetworkInside> {
  return compute.call('readInside', { model: findModel(network) });
}
