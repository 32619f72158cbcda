import { ScenelabError } from '../../contract/index.ts';
import { lower, type InferenceGraph } from '../graph/index.ts';
import { tf } from '../tensorflow/index.ts';
import { invalid, readModelInfo } from './read-model-info.ts';
import { tfjsFiles } from './tfjs-files.ts';
import type { TrainedModel } from './trained-model.ts';

/**
 * The model in a folder with its network as an inference graph. TensorFlow must have been started.
 * @throws ScenelabError as `readModelInfo`, and MODEL_INVALID when the network is damaged, doesn't look at square colour
 * photos, answers with another number of classes, or has a layer that is not supported.
 */
export async function readModel(folder: string): Promise<TrainedModel> {
  const info = await readModelInfo(folder);
  const graph = await readNetwork(folder);
  const [height, width, channels] = graph.nodes[0]?.shape ?? [];
  if (height === undefined || height !== width || channels !== 3)
    throw invalid(
      folder,
      `looks at ${height} × ${width} pixels with ${channels} channels, not at square colour photos`,
    );
  const classes = graph.nodes.find((node) => node.name === graph.outputs[0])?.shape[0];
  if (classes !== info.classNames.length)
    throw invalid(folder, `answers with ${classes} numbers for ${info.classNames.length} labels`);
  return { ...info, graph, inputSize: height };
}

async function readNetwork(folder: string): Promise<InferenceGraph> {
  try {
    const network = await tf.loadLayersModel(await tfjsFiles(folder));
    try {
      return lower(network);
    } finally {
      // Disposing the model itself forgets the weights of models inside it.
      for (const weight of network.weights) weight.dispose();
    }
  } catch (error) {
    if (error instanceof ScenelabError) throw error;
    throw invalid(
      folder,
      `can't be loaded (${error instanceof Error ? error.message : String(error)})`,
      undefined,
      error,
    );
  }
}
