import { ScenelabError, type ImageShape } from '../../contract/index.ts';
import { lowerTrainable, type TrainableGraph } from '../graph/index.ts';
import { buildNetwork } from '../networks/build-network.ts';
import { buildGoogLeNet } from '../networks/googlenet.ts';
import type { NetworkOptions } from '../networks/layers.ts';

/** A network in the size that it is trained in. */
export interface LabNetworkSize {
  readonly network: string;
  readonly input: ImageShape;
  readonly width: number;
  readonly classes: number;
}

/**
 * Builds a network that is yet to be trained. `training` adds the classifiers that help GoogLeNet to learn.
 * @throws ScenelabError NOT_FOUND, and USAGE where its layers don't fit on the input
 */
export function buildLabNetwork(
  { network, input, width, classes }: LabNetworkSize,
  { training = false }: { training?: boolean } = {},
): TrainableGraph {
  const [inputSize, , channels] = input;
  const options: NetworkOptions = { classes, inputSize, channels, width };
  try {
    const model =
      network === 'googlenet' && training
        ? buildGoogLeNet({ ...options, auxiliary: true })
        : buildNetwork(network, options);
    const graph = lowerTrainable(model);
    // Disposing the model would do the same more slowly.
    for (const weight of model.weights) weight.dispose();
    // Keras builds windows that stand over the edges, too, and TensorFlow then can't.
    if (graph.nodes.some(({ shape }) => shape.some((size) => size < 1)))
      throw new RangeError('no place left');
    return graph;
  } catch (error) {
    if (error instanceof ScenelabError) throw error;
    throw new ScenelabError(
      'USAGE',
      `${network} can't be built for images of ${inputSize} × ${inputSize}`,
      'images that all of its layers fit on',
      'Choose a larger input size',
      error,
    );
  }
}
