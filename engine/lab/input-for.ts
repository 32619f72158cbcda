import type { ImageShape } from '../../contract/index.ts';

/** Networks whose pretrained weights read colour, and whose builders therefore know nothing else. */
const colourOnly = ['inception-v3', 'efficientnet-lite'];

/** What a network sees of images with so many channels. Needs no TensorFlow. */
export function inputFor(network: string, inputSize: number, channels: number): ImageShape {
  const readsColour = colourOnly.some((name) => network.startsWith(name));
  return [inputSize, inputSize, readsColour ? 3 : channels];
}
