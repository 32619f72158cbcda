import { ScenelabError } from '../../contract/index.ts';
import { tf } from '../tensorflow/runtime.ts';
import { valueOf } from './per-channel.ts';
import { inputOf } from './subgraph.ts';
import type { GraphNode, InferenceGraph, Weight, WeightedNode } from './inference-graph.ts';

/**
 * A graph as a Keras network again, batch norm staying folded: for saving as a TF.js layers model. It has only layers
 * that TF.js 1.3.1 knows, which Teachable Machine's clients run on. A layer has the name of its node; the caller
 * disposes of the model.
 * @throws ScenelabError MODEL_INVALID for local response normalisation, which is no Keras layer.
 */
export function toLayersModel(graph: InferenceGraph): tf.LayersModel {
  const values = new Map<string, tf.SymbolicTensor>();
  const read = (name: string): tf.SymbolicTensor => {
    const value = values.get(name);
    if (value) return value;
    throw new Error(`"${name}" is read before it is built.`);
  };
  for (const node of graph.nodes) values.set(node.name, build(node, node.inputs.map(read)));
  const inputs = read(inputOf(graph).name);
  return tf.model({ inputs, outputs: graph.outputs.map(read), name: graph.name });
}

function build(node: GraphNode, inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  const name = layerName(node.name);
  if (node.op === 'input') return tf.input({ shape: [...node.shape], name });
  const [first, ...more] = layersOf(node, name);
  const [x] = inputs;
  if (!first || !x) throw new Error(`"${node.name}" has no layer, or nothing to read.`);
  const value = symbol(first.apply(inputs.length === 1 ? x : inputs));
  const weights = weightsOf(node).map(({ shape, data }) => tf.tensor(data, [...shape]));
  if (weights.length > 0) first.setWeights(weights);
  tf.dispose(weights);
  return more.reduce((value, layer) => symbol(layer.apply(value)), value);
}

/** Node names may have the slash that separates a weight from its layer. */
function layerName(name: string): string {
  return name.replaceAll('/', '-');
}

/** The layers of a node, one after the other, the last under its name; weights belong to the first. */
function layersOf(node: Exclude<GraphNode, { op: 'input' }>, name: string): tf.layers.Layer[] {
  switch (node.op) {
    case 'scale':
      return [tf.layers.batchNormalization({ name, epsilon: 0 })];
    case 'conv':
    case 'depthwise-conv':
    case 'dense':
      if (node.activation !== 'relu6') return [weightedLayer(node, name, node.activation)];
      return [weightedLayer(node, `${name}-linear`, 'linear'), relu6(name)];
    case 'max-pool':
      return [tf.layers.maxPooling2d({ name, ...windowOf(node) })];
    case 'average-pool':
      return [tf.layers.averagePooling2d({ name, ...windowOf(node) })];
    case 'pad': {
      const [[top, bottom], [left, right]] = node.padding;
      return [tf.layers.zeroPadding2d({ name, padding: [[top, bottom], [left, right]] })]; // prettier-ignore
    }
    case 'global-average-pool':
      return [tf.layers.globalAveragePooling2d({ name })];
    case 'add':
      return [tf.layers.add({ name })];
    case 'concat':
      return [tf.layers.concatenate({ name })];
    case 'activation':
      if (node.activation === 'tanh') return [tf.layers.activation({ name, activation: 'tanh' })];
      return [node.activation === 'relu6' ? relu6(name) : tf.layers.reLU({ name })];
    case 'local-response-norm':
      throw new ScenelabError(
        'MODEL_INVALID',
        `"${node.name}" normalises local responses`,
        'operations that Keras has a layer for',
        'Export as a graph model, a SavedModel or ONNX',
      );
    case 'flatten':
      return [tf.layers.flatten({ name })];
    case 'softmax':
      return [tf.layers.activation({ name, activation: 'softmax' })];
  }
}

function weightedLayer(
  node: WeightedNode,
  name: string,
  activation: 'linear' | 'relu' | 'tanh',
): tf.layers.Layer {
  const [height = 1, width = 1] = node.kernel.shape;
  const channels = node.bias.data.length;
  if (node.op === 'dense')
    return tf.layers.dense({ name, activation, units: channels, kernelInitializer: 'zeros' });
  const kernelSize: [number, number] = [height, width];
  const strides: [number, number] = [...node.strides];
  const { padding } = node;
  if (node.op === 'depthwise-conv')
    return tf.layers.depthwiseConv2d({
      name,
      activation,
      kernelSize,
      strides,
      padding,
      depthwiseInitializer: 'zeros',
    });
  const filters = channels;
  return tf.layers.conv2d({
    name,
    activation,
    filters,
    kernelSize,
    strides,
    padding,
    kernelInitializer: 'zeros',
  });
}

function relu6(name: string): tf.layers.Layer {
  return tf.layers.reLU({ name, maxValue: 6 });
}

function windowOf({ size, strides, padding }: Extract<GraphNode, { size: unknown }>) {
  const pair = ([down, across]: readonly [number, number]): [number, number] => [down, across];
  return { poolSize: pair(size), strides: pair(strides), padding };
}

function weightsOf(node: GraphNode): Weight[] {
  if ('kernel' in node) return [node.kernel, node.bias];
  if (node.op !== 'scale') return [];
  // Batch norm of mean 0 and variance 1: what it multiplies by and adds is left.
  const channels = node.shape.at(-1) ?? 1;
  const each = (of: (channel: number) => number): Weight => ({
    shape: [channels],
    data: Float32Array.from({ length: channels }, (_, i) => of(i)),
  });
  return [
    each((i) => valueOf(node.scale, i)),
    each((i) => valueOf(node.offset, i)),
    each(() => 0),
    each(() => 1),
  ];
}

/** A layer with one output, applied to symbols, gives one symbol; the type of `apply` can't say so. */
function symbol(value: ReturnType<tf.layers.Layer['apply']>): tf.SymbolicTensor {
  if (value instanceof tf.SymbolicTensor) return value;
  throw new Error('A layer gave no symbolic tensor.');
}
