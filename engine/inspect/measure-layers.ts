import { ScenelabError } from '../../contract/index.ts';
import {
  image,
  valuesOf,
  type Layer,
  type Layers,
  type LayerSpec,
  type Padding,
  type Pair,
  type Shape,
} from './layer.ts';

/** What a layer costs for one image. */
export interface LayerCost {
  /** Of its output, without the batch. */
  readonly shape: Shape;
  /** All weights that a file of the network holds, as Keras counts them. */
  readonly parameters: number;
  /** Those that gradients change: not batch norm's moving mean and variance. */
  readonly trainable: number;
  /** Multiplications of convolutions and dense layers, each with its addition, as papers count them. */
  readonly multiplyAdds: number;
}

export type MeasuredLayer = Layer & LayerCost;

const free = { parameters: 0, trainable: 0, multiplyAdds: 0 };

/**
 * The cost of every layer for one image of shape `input`, from shapes alone. A dense layer that reads images gets a flatten
 * layer before it.
 * @throws ScenelabError USAGE where a layer can't read what the one before it gives.
 */
export function measureLayers(layers: Layers, input: Shape): MeasuredLayer[] {
  const shapes = new Map<string, Shape>([[image, input]]);
  const measured: MeasuredLayer[] = [];
  const add = (layer: Layer) => {
    const read = layer.inputs.map((name) => shapes.get(name) ?? unknown(layer, name));
    const cost = measureLayer(layer, read);
    shapes.set(layer.name, cost.shape);
    measured.push({ ...layer, ...cost });
  };
  for (const layer of layers) {
    const [before = image] = layer.inputs;
    if (layer.spec.kind === 'dense' && shapes.get(before)?.length === 3) {
      const name = `${layer.name}-flatten`;
      add({ name, inputs: [before], spec: { kind: 'flatten' } });
      add({ ...layer, inputs: [name] });
    } else add(layer);
  }
  return measured;
}

function measureLayer(layer: Layer, inputs: readonly Shape[]): LayerCost {
  const { spec } = layer;
  const [shape = []] = inputs;
  switch (spec.kind) {
    case 'dense': {
      const [values = 0] = shape;
      const weights = values * spec.units;
      return { shape: [spec.units], ...weighted(weights + (spec.bias ? spec.units : 0), weights) };
    }
    case 'batch-norm': {
      const channels = shape.at(-1) ?? 0;
      const trainable = channels * (Number(spec.gain) + Number(spec.offset));
      return { ...free, shape, trainable, parameters: trainable + 2 * channels };
    }
    case 'flatten':
      return { ...free, shape: [valuesOf(shape)] };
    case 'dropout':
    case 'activation':
      return { ...free, shape };
    case 'add':
      if (inputs.some((other) => other.join() !== shape.join())) throw unlike(layer, inputs);
      return { ...free, shape };
    default:
      return measureOnImages(layer, spec, inputs);
  }
}

type OnImages = Exclude<
  LayerSpec,
  { kind: 'dense' | 'batch-norm' | 'flatten' | 'dropout' | 'activation' | 'add' }
>;

function measureOnImages(layer: Layer, spec: OnImages, inputs: readonly Shape[]): LayerCost {
  const [shape = []] = inputs;
  const [height = 0, width = 0, channels] = shape;
  if (channels === undefined) throw noImage(layer, shape);
  switch (spec.kind) {
    case 'conv': {
      const output = [...slide(layer, spec, [height, width]), spec.filters];
      const weights = valuesOf(spec.size) * channels * spec.filters;
      const macs = valuesOf(output) * valuesOf(spec.size) * channels;
      return { shape: output, ...weighted(weights + (spec.bias ? spec.filters : 0), macs) };
    }
    case 'depthwise-conv': {
      const filters = channels * spec.multiplier;
      const output = [...slide(layer, spec, [height, width]), filters];
      const weights = valuesOf(spec.size) * filters;
      return {
        shape: output,
        ...weighted(weights + (spec.bias ? filters : 0), valuesOf(output) * valuesOf(spec.size)),
      };
    }
    case 'max-pool':
    case 'average-pool':
      return { ...free, shape: [...slide(layer, spec, [height, width]), channels] };
    case 'global-pool':
      return { ...free, shape: [channels] };
    case 'pad': {
      const [[top, bottom], [left, right]] = spec.padding;
      return { ...free, shape: [height + top + bottom, width + left + right, channels] };
    }
    case 'concat': {
      if (inputs.some((other) => other.slice(0, -1).join() !== shape.slice(0, -1).join()))
        throw unlike(layer, inputs);
      return { ...free, shape: [height, width, inputs.reduce((sum, other) => sum + (other.at(-1) ?? 0), 0)] };
    }
    case 'local-response-norm':
      return { ...free, shape };
  }
}

/** Height and width after a window has moved over them. */
function slide(
  layer: Layer,
  { size, stride, padding }: { size: Pair; stride: Pair; padding: Padding },
  input: Pair,
): Pair {
  const along = (axis: 0 | 1) => {
    const positions = padding === 'same' ? input[axis] : input[axis] - size[axis] + 1;
    return Math.ceil(positions / stride[axis]);
  };
  const [height, width] = [along(0), along(1)];
  if (height >= 1 && width >= 1) return [height, width];
  throw new ScenelabError(
    'USAGE',
    `${layer.name} moves a window of ${size.join(' × ')} over maps of ${input.join(' × ')}`,
    'maps at least as large as the window',
    'Use a larger input, smaller strides before it, or padding same',
  );
}

const weighted = (parameters: number, multiplyAdds: number) => ({
  parameters,
  trainable: parameters,
  multiplyAdds,
});

function unlike(layer: Layer, inputs: readonly Shape[]): ScenelabError {
  const met = `${layer.name} joins ${inputs.map((shape) => shape.join(' × ')).join(' and ')}`;
  return new ScenelabError(
    'USAGE',
    met,
    'maps of the same size',
    'Use the input size that the network was made for',
  );
}

function noImage(layer: Layer, shape: Shape): ScenelabError {
  const met = `${layer.name} reads ${shape.join(' × ')} values, which are no image any more`;
  return new ScenelabError(
    'USAGE',
    met,
    'maps with height, width and channels',
    'Put it before flatten, dense and global pooling',
  );
}

function unknown(layer: Layer, name: string): never {
  throw new Error(`The layer ${layer.name} reads ${name}, which is none before it.`);
}
