import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Augmentation, Framing } from '../../contract/index.ts';

/** Everything that decides the features of a photo. */
export interface FeatureKey {
  readonly backbone: string;
  /** SHA-256 of the backbone's weights. */
  readonly weights: string;
  readonly output: string;
  readonly framing: Framing;
  /** Null where only plain photos are embedded. */
  readonly augmentation: Augmentation | null;
}

/** Raised when the working copy, framing or augmentation come out differently than before. */
const photosVersion = 1;

/** Where features of this kind are cached: features of another kind never land in the same folder. */
export function featureFolder(root: string, key: FeatureKey): string {
  const { backbone, weights, output, framing, augmentation } = key;
  const varied = augmentation && Object.entries(augmentation).sort(([a], [b]) => (a < b ? -1 : 1));
  const all = JSON.stringify([photosVersion, backbone, weights, output, framing, varied]);
  const hash = createHash('sha256').update(all).digest('hex').slice(0, 12);
  return join(root, `${backbone}-${output}-${framing}-${hash}`);
}
