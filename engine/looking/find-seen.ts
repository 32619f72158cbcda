import { listLabNetworks } from '../lab/kept-networks.ts';
import { findModel, type FoundModel } from '../models/find-model.ts';

/** A network that can be looked into: a model, a backbone, or one that was trained in the Lab. */
export type SeenModel = FoundModel | { readonly kind: 'lab'; readonly id: string };

/** As `findModel`, and kept networks by their ids. Throws as `findModel`. */
export function findSeen(network: string): SeenModel {
  const isKept = listLabNetworks().some(({ id }) => id === network);
  return isKept ? { kind: 'lab', id: network } : findModel(network);
}
