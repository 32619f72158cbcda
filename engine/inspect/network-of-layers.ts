import { ScenelabError, type ImageShape } from '../../contract/index.ts';
import { apply, batchNorm, LocalResponseNormalization } from '../networks/layers.ts';
import { tf } from '../tensorflow/index.ts';
import { image, type Layers, type LayerSpec, type Pair } from './layer.ts';
import { measureLayers } from './measure-layers.ts';

/**
 * The Keras network that layers describe, `parseLayers`' or any others: what is inspected can be trained. Input `[batch, height,
 * width, channels]` float32 NHWC; output what the last layer gives. Zeros until weights are drawn; the caller disposes it.
 * Global pooling takes the mean.
 * @throws ScenelabError USAGE where layers don't fit together, MODEL_INVALID for an activation that there is not.
 */
export function networkOfLayers(layers: Layers, input: ImageShape): tf.LayersModel {
  const pixels = tf.input({ shape: [...input], name: image });
  const values = new Map<string, tf.SymbolicTensor>([[image, pixels]]);
  let output = pixels;
  for (const { name, inputs, spec } of measureLayers(layers, input)) {
    const read = inputs.map((each) => values.get(each) ?? pixels);
    const [x = pixels] = read;
    output = apply(layerOf(spec, name), read.length === 1 ? x : read);
    values.set(name, output);
  }
  return tf.model({ inputs: pixels, outputs: output, name: 'network-of-layers' });
}

function layerOf(spec: LayerSpec, name: string): tf.layers.Layer {
  switch (spec.kind) {
    case 'conv':
      return tf.layers.conv2d({
        ...convolved(spec, name),
        filters: spec.filters,
        kernelInitializer: 'zeros',
      });
    case 'depthwise-conv': {
      const { multiplier: depthMultiplier } = spec;
      const depthwise = { ...convolved(spec, name), depthMultiplier, depthwiseInitializer: 'zeros' } as const;
      return tf.layers.depthwiseConv2d(depthwise);
    }
    case 'max-pool':
      return tf.layers.maxPooling2d(pooled(spec, name));
    case 'average-pool':
      return tf.layers.averagePooling2d(pooled(spec, name));
    case 'global-pool':
      return tf.layers.globalAveragePooling2d({ name });
    case 'dense': {
      const { units, bias: useBias, activation } = spec;
      const given = { name, units, useBias, activation: activationOf(activation) };
      return tf.layers.dense({ ...given, kernelInitializer: 'zeros' });
    }
    case 'batch-norm':
      return batchNorm(name, spec);
    case 'local-response-norm':
      return new LocalResponseNormalization({ name });
    case 'dropout':
      return tf.layers.dropout({ name, rate: spec.rate });
    case 'activation':
      return tf.layers.activation({ name, activation: activationOf(spec.activation) });
    case 'pad': {
      const [[top, bottom], [left, right]] = spec.padding;
      return tf.layers.zeroPadding2d({ name, padding: [[top, bottom], [left, right]] }); // prettier-ignore
    }
    case 'flatten':
      return tf.layers.flatten({ name });
    case 'add':
      return tf.layers.add({ name });
    case 'concat':
      return tf.layers.concatenate({ name });
  }
}

type Convolved = Extract<LayerSpec, { bias: boolean; stride: Pair }>;

function convolved({ size, stride, padding, bias, activation }: Convolved, name: string) {
  return {
    name,
    kernelSize: both(size),
    strides: both(stride),
    padding,
    useBias: bias,
    activation: activationOf(activation),
  };
}

function pooled(
  { size, stride, padding }: Extract<LayerSpec, { kind: 'max-pool' | 'average-pool' }>,
  name: string,
) {
  return { name, poolSize: both(size), strides: both(stride), padding };
}

const both = ([height, width]: Pair): [number, number] => [height, width];

const activations = ['linear', 'relu', 'relu6', 'tanh', 'softmax'] as const;

function activationOf(name: string | null): (typeof activations)[number] {
  const activation = activations.find((each) => each === (name ?? 'linear'));
  if (activation) return activation;
  throw new ScenelabError(
    'MODEL_INVALID',
    `A layer has the activation "${name}"`,
    activations.join(', '),
    'Choose another activation',
  );
}
