import { ScenelabError, type BackboneInfo } from '../../contract/index.ts';
import { lower, type InferenceGraph } from '../graph/index.ts';
import { buildEfficientNetLite } from '../networks/efficientnet-lite.ts';
import { buildInceptionV3 } from '../networks/inception-v3.ts';
import { tf } from '../tensorflow/index.ts';
import { backboneEntry, describeBackbone, readClassNames, requireBackbone } from './registry.ts';
import { readWeights, type NamedWeight } from './weights.ts';

/** A pretrained network, as plain data. */
export interface Backbone {
  readonly info: BackboneInfo;
  /**
   * Input `[inputSize, inputSize, 3]` in the backbone's pixel scale. Outputs `embedding` and, where the backbone has
   * classes, `probabilities`; every cut of `info` is a node.
   */
  readonly graph: InferenceGraph;
  /** Of `probabilities`, in its order. */
  readonly classNames: readonly string[];
}

const networks: Record<string, (classes: number) => tf.LayersModel> = {
  'efficientnet-lite0': (classes) => buildEfficientNetLite('lite0', classes),
  'efficientnet-lite2': (classes) => buildEfficientNetLite('lite2', classes),
  'inception-v3': buildInceptionV3,
};

/**
 * Loads a backbone. The runtime must have been started; no tensors stay behind.
 * @throws ScenelabError BACKBONE_UNKNOWN, BACKBONE_MISSING, NOT_READABLE, CHECKSUM_MISMATCH, MODEL_INVALID
 */
export async function loadBackbone(id: string): Promise<Backbone> {
  const model = await loadBackboneLayers(id);
  try {
    const info = describeBackbone(backboneEntry(id));
    const outputs = info.classes > 0 ? ['embedding', 'probabilities'] : ['embedding'];
    return { info, graph: lower(model, outputs), classNames: await readClassNames(info) };
  } finally {
    model.dispose();
  }
}

/**
 * A backbone as the layers it was trained with; the caller disposes it.
 * @throws ScenelabError as `loadBackbone`.
 */
export async function loadBackboneLayers(id: string): Promise<tf.LayersModel> {
  const { folder, manifest } = requireBackbone(id);
  const weights = await readWeights(folder, manifest);
  const model = buildNetwork(id, manifest.classes);
  try {
    setWeights(model, weights);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** The network of a backbone without its weights; the caller disposes it. */
export function buildNetwork(id: string, classes: number): tf.LayersModel {
  const build = networks[id];
  if (!build) throw new Error(`The backbone ${id} has no network.`);
  return build(classes);
}

/**
 * Gives every weight of a model the values of its name.
 * @throws ScenelabError MODEL_INVALID where one is missing or of another shape.
 */
function setWeights(model: tf.LayersModel, weights: readonly NamedWeight[]): void {
  const byName = new Map(weights.map((weight) => [weight.name, weight]));
  for (const variable of model.layers.flatMap((layer) => layer.weights)) {
    const { originalName: name, shape } = variable;
    const weight = byName.get(name);
    if (weight?.shape.join() !== shape.join())
      throw new ScenelabError(
        'MODEL_INVALID',
        `The weight ${name} of ${model.name} is ${weight ? weight.shape.join(' × ') : 'missing'}`,
        shape.join(' × '),
        'Add the backbone again',
      );
    const values = tf.tensor(weight.data, [...weight.shape]);
    variable.write(values);
    values.dispose();
  }
}
