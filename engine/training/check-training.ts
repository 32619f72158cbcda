import type { CheckTrainingInput } from '../../contract/index.ts';
import { requireBackbone } from '../backbones/registry.ts';
import { claimFolders } from '../exports/claim-folders.ts';
import { resolveSettings } from './settings.ts';

/**
 * Finds what a training, and the export after it, would fail from, before any photo is read for it.
 * @throws ScenelabError USAGE for an unknown backbone or cut, BACKBONE_MISSING, NOT_WRITABLE
 */
export async function checkTraining({ preset, settings, out, formats }: CheckTrainingInput): Promise<void> {
  requireBackbone(resolveSettings({ preset, settings }).backbone);
  if (out !== null) await claimFolders(out, formats);
}
