import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ScenelabError, type ImageShape } from '../../contract/index.ts';
import { tfjsFiles } from '../models/tfjs-files.ts';
import { buildNetwork } from '../networks/build-network.ts';
import { networks } from '../networks/registry.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { layersOf } from './layers-of-model.ts';
import type { Layers } from './layer.ts';

/** A network without its weights. */
export interface DescribedNetwork {
  readonly name: string;
  /** The input that it was built for. */
  readonly input: ImageShape;
  readonly layers: Layers;
}

/**
 * The layers of a network by its id, or of the layers model in a folder. A task of the compute thread: Keras layers are built
 * with their weights, which are let go at once.
 * @throws ScenelabError NOT_FOUND, and MODEL_INVALID for a layer that is not known here.
 */
export async function describeNetwork({ network }: { network: string }): Promise<DescribedNetwork> {
  await startRuntime();
  const model = existsSync(network) ? await loadModel(resolve(network)) : buildNetwork(network);
  try {
    const input = model.inputs[0]?.shape.slice(1) ?? [];
    const [height, width, channels] = input;
    if (!height || !width || !channels)
      throw new ScenelabError(
        'MODEL_INVALID',
        `The network in ${network} reads ${input.join(' × ')}`,
        'images of one size',
        'Choose a network that looks at images',
      );
    const name = networks.find(({ id }) => id === network)?.name ?? model.name;
    return { name, input: [height, width, channels], layers: layersOf(model) };
  } finally {
    // Disposing the model itself forgets the weights of models inside it.
    for (const weight of model.weights) weight.dispose();
  }
}

async function loadModel(folder: string): Promise<tf.LayersModel> {
  try {
    return await tf.loadLayersModel(await tfjsFiles(folder));
  } catch (error) {
    if (error instanceof ScenelabError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ScenelabError(
      'MODEL_INVALID',
      `The model in ${folder} can't be loaded (${why})`,
      'a TensorFlow.js layers model (--format tfjs)',
      'Export it again',
      error,
    );
  }
}
