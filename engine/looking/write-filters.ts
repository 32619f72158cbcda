import { ScenelabError, type WriteFiltersInput, type WrittenPictures } from '../../contract/index.ts';
import type { Compute } from '../compute.ts';
import { lookInside } from './look-inside.ts';
import { writePictures } from './write-pictures.ts';

/**
 * Writes the filters of a network's first convolution as PNG files, `<layer>-filter<number>.png`.
 * @throws ScenelabError MODEL_INVALID when it has none, and as `lookInside` and `writePictures`.
 */
export async function writeFilters(
  compute: Compute,
  { network, out }: WriteFiltersInput,
): Promise<WrittenPictures> {
  const { name, filters } = await lookInside(compute, network);
  if (!filters)
    throw new ScenelabError(
      'MODEL_INVALID',
      `No convolution of ${name} reads the image`,
      'a convolutional network',
      'Choose another network',
    );
  const { layer, count, width, height, channels, values } = filters;
  const names = Array.from({ length: count }, (_, i) => `${layer}-filter${String(i + 1).padStart(2, '0')}`);
  const data = Buffer.from(values, 'base64');
  return writePictures(out, names, { data, width, height, channels });
}
