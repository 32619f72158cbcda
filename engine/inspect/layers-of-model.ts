import { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import { tf } from '../tensorflow/index.ts';
import { image, type Layer, type LayerSpec, type Layers } from './layer.ts';

/**
 * The layers of a Keras network, functional or sequential, models inside it flattened; they keep their names. What can't be told
 * apart by arithmetic is the same: both global poolings, every activation function.
 * @throws ScenelabError MODEL_INVALID naming a layer, or a setting of one, that is not known here.
 */
export function layersOf(model: tf.LayersModel): Layers {
  const walk = new Walk(model);
  for (const output of model.outputs) walk.visit(output);
  return walk.layers;
}

/** Follows symbolic tensors back to the input and leaves the layers behind, each after those it reads. */
class Walk {
  readonly layers: Layer[] = [];
  /** The layer that gives a symbolic tensor, by the tensor's id. */
  #done: Map<number, string>;
  readonly #names = new Set<string>([image]);

  constructor(model: tf.LayersModel) {
    this.#done = new Map(model.inputs.map(({ id }) => [id, image]));
  }

  visit(tensor: tf.SymbolicTensor): string {
    const known = this.#done.get(tensor.id);
    if (known !== undefined) return known;
    const layer = tensor.sourceLayer;
    const read = (layer.inboundNodes[tensor.nodeIndex]?.inputTensors ?? []).map((input) => this.visit(input));
    const name = layer instanceof tf.LayersModel ? this.#inside(layer, tensor, read) : this.#add(layer, read);
    this.#done.set(tensor.id, name);
    return name;
  }

  /** A layer is one or two of ours, or none: the last one's name stands for it. */
  #add(layer: tf.layers.Layer, read: readonly string[]): string {
    let inputs = read;
    const specs = specsOf(layer);
    for (const [i, spec] of specs.entries()) {
      const name = this.#free(i === specs.length - 1 ? layer.name : `${layer.name}-${spec.kind}`);
      this.layers.push({ name, inputs, spec });
      inputs = [name];
    }
    return inputs[0] ?? image;
  }

  /** A model used as a layer: its own tensors, with its input standing for what it was applied to. */
  #inside(model: tf.LayersModel, tensor: tf.SymbolicTensor, read: readonly string[]): string {
    const outside = this.#done;
    this.#done = new Map(model.inputs.map(({ id }, i) => [id, read[i] ?? image]));
    const output = model.outputs[tensor.tensorIndex];
    const name = output ? this.visit(output) : image;
    this.#done = outside;
    return name;
  }

  /** Layers of different models may share a name, and a layer may be applied twice. */
  #free(name: string): string {
    let free = name;
    for (let n = 2; this.#names.has(free); n++) free = `${name}_${n}`;
    this.#names.add(free);
    return free;
  }
}

const Pair = z.tuple([z.number().int(), z.number().int()]);
const Activated = z.object({
  useBias: z.boolean().default(true),
  activation: z
    .string()
    .nullish()
    .transform((name) => (!name || name === 'linear' ? null : name)),
});
const ChannelsLast = z.object({ dataFormat: z.literal('channelsLast').nullish() });
const Windowed = ChannelsLast.extend({ strides: Pair, padding: z.enum(['same', 'valid']) });
const Undilated = z.union([z.literal(1), z.tuple([z.literal(1), z.literal(1)])]).nullish();
const Convolved = Windowed.extend({ ...Activated.shape, kernelSize: Pair, dilationRate: Undilated });
const Conv = Convolved.extend({ filters: z.number().int() });
const Depthwise = Convolved.extend({ depthMultiplier: z.number().int().nullish() });
const Pool = Windowed.extend({ poolSize: Pair });
const Dense = Activated.extend({ units: z.number().int() });
const Norm = z.object({ scale: z.boolean(), center: z.boolean() });
const Pad = ChannelsLast.extend({ padding: z.tuple([Pair, Pair]) });
const Dropout = z.object({ rate: z.number() });
const Named = z.object({ activation: z.string() });

type Describe = (layer: tf.layers.Layer) => LayerSpec[];

const activation =
  (name: string): Describe =>
  () => [{ kind: 'activation', activation: name }];
const plain =
  (kind: 'local-response-norm' | 'global-pool' | 'flatten' | 'add' | 'concat'): Describe =>
  () => [{ kind }];

/** Layers by their Keras names. Those that only change training, or nothing, are none. */
const descriptions = new Map<string, Describe>([
  ['Conv2D', (layer) => [conv(read(layer, Conv))]],
  ['DepthwiseConv2D', (layer) => [depthwise(read(layer, Depthwise))]],
  ['SeparableConv2D', separable],
  ['Dense', denseOf],
  [
    'BatchNormalization',
    (layer) => {
      const { scale, center } = read(layer, Norm);
      return [{ kind: 'batch-norm', gain: scale, offset: center }];
    },
  ],
  ['MaxPooling2D', (layer) => [{ kind: 'max-pool', ...pooled(layer) }]],
  ['AveragePooling2D', (layer) => [{ kind: 'average-pool', ...pooled(layer) }]],
  ['GlobalAveragePooling2D', plain('global-pool')],
  ['GlobalMaxPooling2D', plain('global-pool')],
  ['ZeroPadding2D', (layer) => [{ kind: 'pad', padding: read(layer, Pad).padding }]],
  ['LocalResponseNormalization', plain('local-response-norm')],
  ['Flatten', plain('flatten')],
  ['Add', plain('add')],
  ['Concatenate', plain('concat')],
  ['Dropout', (layer) => [{ kind: 'dropout', rate: read(layer, Dropout).rate }]],
  ['SpatialDropout2D', (layer) => [{ kind: 'dropout', rate: read(layer, Dropout).rate }]],
  ['ReLU', (layer) => activation(layer.getConfig()['maxValue'] === 6 ? 'relu6' : 'relu')(layer)],
  ['LeakyReLU', activation('leaky relu')],
  ['ELU', activation('elu')],
  ['Softmax', activation('softmax')],
  ['Rescaling', activation('rescale')],
  ['Activation', (layer) => activation(read(layer, Named).activation)(layer)],
  ['InputLayer', () => []],
]);

function specsOf(layer: tf.layers.Layer): LayerSpec[] {
  return (descriptions.get(layer.getClassName()) ?? (() => refuse(layer)))(layer);
}

function conv({ kernelSize, strides, useBias, ...rest }: z.output<typeof Conv>): LayerSpec {
  const { filters, padding, activation } = rest;
  return { kind: 'conv', filters, size: kernelSize, stride: strides, padding, bias: useBias, activation };
}

function depthwise({ kernelSize, strides, useBias, ...rest }: z.output<typeof Depthwise>): LayerSpec {
  const { padding, activation, depthMultiplier } = rest;
  const window = { size: kernelSize, stride: strides, padding };
  return { kind: 'depthwise-conv', multiplier: depthMultiplier ?? 1, ...window, bias: useBias, activation };
}

/** A depthwise convolution without bias, then one over single positions. */
function separable(layer: tf.layers.Layer): LayerSpec[] {
  const first = read(layer, Depthwise);
  const second = { ...read(layer, Conv), kernelSize: [1, 1], strides: [1, 1] } satisfies z.output<
    typeof Conv
  >;
  return [depthwise({ ...first, useBias: false, activation: null }), conv(second)];
}

function denseOf(layer: tf.layers.Layer): LayerSpec[] {
  const { units, useBias, activation } = read(layer, Dense);
  return [{ kind: 'dense', units, bias: useBias, activation }];
}

function pooled(layer: tf.layers.Layer) {
  const { poolSize, strides, padding } = read(layer, Pool);
  return { size: poolSize, stride: strides, padding };
}

/** The layer's Keras settings, checked. */
function read<T>(layer: tf.layers.Layer, schema: z.ZodType<T>): T {
  const config = layer.getConfig();
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  const setting = String(parsed.error.issues[0]?.path[0]);
  return refuse(layer, ` with ${setting} = ${JSON.stringify(config[setting])}`);
}

function refuse(layer: tf.layers.Layer, what = ''): never {
  throw new ScenelabError(
    'MODEL_INVALID',
    `The layer "${layer.name}" is a ${layer.getClassName()}${what}, whose cost is not known here`,
    [...descriptions.keys()].join(', '),
    'Inspect a network without it',
  );
}
