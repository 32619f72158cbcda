import { ScenelabError, type NetworkInfo } from '../../contract/index.ts';

/** Every network that Scenelab builds, and the input that it was published with. Needs no TensorFlow. */
export const networks: readonly NetworkInfo[] = [
  { id: 'inception-v3', name: 'Inception v3', input: [299, 299, 3] },
  { id: 'efficientnet-lite0', name: 'EfficientNet-Lite0', input: [224, 224, 3] },
  { id: 'efficientnet-lite1', name: 'EfficientNet-Lite1', input: [240, 240, 3] },
  { id: 'efficientnet-lite2', name: 'EfficientNet-Lite2', input: [260, 260, 3] },
  { id: 'efficientnet-lite3', name: 'EfficientNet-Lite3', input: [280, 280, 3] },
  { id: 'efficientnet-lite4', name: 'EfficientNet-Lite4', input: [300, 300, 3] },
];

/** What is thrown for the id of a network that there is not: NOT_FOUND. */
export function unknownNetwork(id: string): ScenelabError {
  const ids = networks.map(({ id }) => id).join(', ');
  const expected = `the folder of a model, or one of ${ids}`;
  return new ScenelabError('NOT_FOUND', `There is no network "${id}"`, expected, 'Check its name');
}
