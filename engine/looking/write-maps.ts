import type { WriteMapsInput, WrittenPictures } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { lookAtPhoto } from './look-at-photo.ts';
import { writePictures } from './write-pictures.ts';

/**
 * Writes the strongest maps that a layer gives for a photo as PNG files, `<layer>-<place>-channel<number>.png`.
 * @throws ScenelabError as `lookAtPhoto` and `writePictures`.
 */
export async function writeMaps(
  compute: Compute,
  { network, path, layer, out }: WriteMapsInput,
): Promise<WrittenPictures> {
  const { maps } = await lookAtPhoto(compute, { network, photo: { path }, layer, top: 1 });
  if (!maps) throw new Error(`The layer ${layer} gave no maps.`);
  const names = maps.maps.map(
    ({ channel }, place) => `${layer}-${String(place + 1).padStart(2, '0')}-channel${channel}`,
  );
  const { width, height, values } = maps;
  return writePictures(out, names, { data: Buffer.from(values, 'base64'), width, height, channels: 1 });
}
