import { ScenelabError } from '../../contract/index.ts';
import type { tf } from '../tensorflow/index.ts';
import type { H5Dataset } from './h5.ts';
import type { NamedWeight } from './weights.ts';

/** A layer of a Keras file: its weights by what they are (`kernel`, `beta`, …). */
type KerasLayer = ReadonlyMap<string, H5Dataset>;

const kinds = ['Conv2D', 'BatchNormalization', 'Dense'] as const;
type Kind = (typeof kinds)[number];

/**
 * The weights of a Keras file under the names that `model` has for them. Keras numbers the layers of a kind as they are
 * created (`conv2d_1`, `conv2d_2`, …; from where it counts varies), and `model` was created in the same order: so the
 * n-th of a kind is the n-th. A classifier in the file that `model` has none for is left out.
 * @throws ScenelabError MODEL_INVALID when the file is of another network.
 */
export function matchKerasWeights(
  model: tf.LayersModel,
  datasets: ReadonlyMap<string, H5Dataset>,
): NamedWeight[] {
  const layers = groupByLayer(datasets);
  return kinds.flatMap((kind) => {
    const theirs = layers.filter((layer) => kindOf(layer) === kind);
    const ours = model.layers
      .filter((layer) => layer.getClassName() === kind)
      .toSorted((a, b) => a.id - b.id);
    if (theirs.length !== ours.length && !(kind === 'Dense' && ours.length === 0))
      refuse(model, `${theirs.length} ${kind} layers`, `${ours.length}`);
    return ours.flatMap((layer, i) => matchLayer(model, layer, theirs[i] ?? new Map()));
  });
}

/** Classes that the file's classifier answers with; 0 when it ends in the features. */
export function classesIn(datasets: ReadonlyMap<string, H5Dataset>): number {
  const classifier = groupByLayer(datasets).find((layer) => kindOf(layer) === 'Dense');
  return classifier?.get('kernel')?.shape[1] ?? 0;
}

function matchLayer(model: tf.LayersModel, layer: tf.layers.Layer, theirs: KerasLayer): NamedWeight[] {
  if (theirs.size !== layer.weights.length)
    refuse(
      model,
      `${[...theirs.keys()].join(', ')} where ${layer.name} should be`,
      `${layer.weights.length} weights`,
    );
  return layer.weights.map(({ originalName: name, shape }) => {
    const found = theirs.get(name.slice(name.lastIndexOf('/') + 1));
    if (found?.shape.join() !== shape.join())
      return refuse(model, `${found?.shape.join(' × ') ?? 'nothing'} for ${name}`, shape.join(' × '));
    return { name, ...found };
  });
}

/** Layers in the order of their numbers. A path ends in `<layer>/<weight>:0`. */
function groupByLayer(datasets: ReadonlyMap<string, H5Dataset>): KerasLayer[] {
  const layers = new Map<string, Map<string, H5Dataset>>();
  for (const [path, dataset] of datasets) {
    const [layer = '', weight = ''] = path.split('/').slice(-2);
    const weights = layers.get(layer) ?? new Map<string, H5Dataset>();
    layers.set(layer, weights.set(weight.replace(/:0$/, ''), dataset));
  }
  const byNumber = [...layers].toSorted(([a], [b]) => numberOf(a) - numberOf(b));
  return byNumber.map(([, weights]) => weights);
}

function numberOf(layer: string): number {
  return Number(/_(\d+)$/.exec(layer)?.[1] ?? 0);
}

function kindOf(layer: KerasLayer): Kind | undefined {
  if (layer.has('moving_mean')) return 'BatchNormalization';
  const rank = layer.get('kernel')?.shape.length;
  return rank === 4 ? 'Conv2D' : rank === 2 ? 'Dense' : undefined;
}

function refuse(model: tf.LayersModel, met: string, expected: string): never {
  throw new ScenelabError(
    'MODEL_INVALID',
    `The file is not of ${model.name}: it has ${met}`,
    expected,
    'Choose the weights file of this network as Keras saves it',
  );
}
