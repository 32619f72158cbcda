import { ScenelabError, type NetworkInfo, type PixelScale } from '../../contract/index.ts';

/** A network that Scenelab builds, with the input that it was published with. */
export interface RegisteredNetwork extends NetworkInfo {
  /** What its weights, published or drawn, expect of the pixels. */
  readonly pixelScale: PixelScale;
}

const lite = { mean: 127, standardDeviation: 128 };
const inception = { mean: 127.5, standardDeviation: 127.5 };
const digits = { mean: 0, standardDeviation: 255 };
/** The constants of local response normalisation are meant for pixels that are not made smaller. */
const centred = { mean: 127, standardDeviation: 1 };
const standardized = { mean: 127, standardDeviation: 64 };

/** Every network that Scenelab builds, in the order in which they were found. Needs no TensorFlow. */
export const networks: readonly RegisteredNetwork[] = [
  { id: 'dense-network', name: 'Dense network', input: [28, 28, 1], pixelScale: digits },
  { id: 'lenet-5', name: 'LeNet-5', input: [32, 32, 1], pixelScale: digits },
  { id: 'alexnet', name: 'AlexNet', input: [227, 227, 3], pixelScale: centred },
  { id: 'googlenet', name: 'GoogLeNet', input: [224, 224, 3], pixelScale: centred },
  { id: 'resnet-18', name: 'ResNet-18', input: [224, 224, 3], pixelScale: standardized },
  { id: 'resnet-50', name: 'ResNet-50', input: [224, 224, 3], pixelScale: standardized },
  { id: 'inception-v3', name: 'Inception v3', input: [299, 299, 3], pixelScale: inception },
  { id: 'mobilenet-v2', name: 'MobileNet v2', input: [224, 224, 3], pixelScale: inception },
  { id: 'efficientnet-lite0', name: 'EfficientNet-Lite0', input: [224, 224, 3], pixelScale: lite },
  { id: 'efficientnet-lite1', name: 'EfficientNet-Lite1', input: [240, 240, 3], pixelScale: lite },
  { id: 'efficientnet-lite2', name: 'EfficientNet-Lite2', input: [260, 260, 3], pixelScale: lite },
  { id: 'efficientnet-lite3', name: 'EfficientNet-Lite3', input: [280, 280, 3], pixelScale: lite },
  { id: 'efficientnet-lite4', name: 'EfficientNet-Lite4', input: [300, 300, 3], pixelScale: lite },
  { id: 'course-network', name: 'Course network', input: [28, 28, 1], pixelScale: digits },
  { id: 'deep-digits', name: 'Seven convolutions', input: [28, 28, 1], pixelScale: digits },
];

/** What is thrown for the id of a network that there is not: NOT_FOUND. */
export function unknownNetwork(id: string): ScenelabError {
  const ids = networks.map(({ id }) => id).join(', ');
  const expected = `the folder of a model, or one of ${ids}`;
  return new ScenelabError('NOT_FOUND', `There is no network "${id}"`, expected, 'Check its name');
}

/** The network of an id. Throws NOT_FOUND. */
export function findNetwork(id: string): RegisteredNetwork {
  const found = networks.find((network) => network.id === id);
  if (!found) throw unknownNetwork(id);
  return found;
}
