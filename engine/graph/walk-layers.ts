import { ScenelabError } from '../../contract/index.ts';
import { tf } from '../tensorflow/runtime.ts';
import type { AppliedLayer } from './applied-layer.ts';
import type { Graph, InputNode } from './inference-graph.ts';
import { subgraph } from './subgraph.ts';
import type { TrainableNode } from './trainable-graph.ts';

/**
 * The nodes of a Keras network between its input and `outputs`, names of layers, by default those that it answers with.
 * `lowerLayer` gives the nodes of a layer, the last of them under the layer's name; where there are none, the layer is the
 * node before it. Models inside the network are flattened.
 * @throws ScenelabError MODEL_INVALID for an unknown layer, several inputs or an open size
 */
export function walkLayers<Node extends TrainableNode>(
  model: tf.LayersModel,
  lowerLayer: (applied: AppliedLayer) => (Node | InputNode)[],
  outputs?: readonly string[],
): Graph<Node | InputNode> {
  const walk = new Walk(lowerLayer);
  walk.input(only(model, model.inputs));
  const answers = model.outputs.map((tensor) => walk.visit(tensor));
  const wanted = outputs?.map((layer) => walk.nodeOf(layer)) ?? answers;
  return subgraph({ name: model.name, nodes: [...walk.nodes.values()], outputs: wanted }, null, wanted);
}

/** Follows symbolic tensors back to the input and leaves the nodes behind, each after the nodes it reads. */
class Walk<Node extends TrainableNode> {
  readonly nodes = new Map<string, Node | InputNode>();
  /** The node that computes a symbolic tensor, by the tensor's id. */
  private done = new Map<number, string>();
  /** The node that a layer's name stands for. */
  private readonly layers = new Map<string, string>();
  private readonly lowerLayer: (applied: AppliedLayer) => (Node | InputNode)[];

  constructor(lowerLayer: (applied: AppliedLayer) => (Node | InputNode)[]) {
    this.lowerLayer = lowerLayer;
  }

  input(tensor: tf.SymbolicTensor): void {
    const name = this.free(tensor.sourceLayer.name);
    this.nodes.set(name, { op: 'input', name, inputs: [], shape: shapeOf(tensor) });
    this.finish(tensor, name);
  }

  visit(tensor: tf.SymbolicTensor): string {
    const known = this.done.get(tensor.id);
    if (known !== undefined) return known;
    const layer = tensor.sourceLayer;
    const inputs = layer.inboundNodes[tensor.nodeIndex]?.inputTensors ?? [];
    const read = inputs.map((input) => this.visit(input));
    if (layer instanceof tf.LayersModel) return this.finish(tensor, this.inside(layer, tensor, read));
    const lowered = this.lowerLayer({
      layer,
      name: this.free(layer.name),
      inputs: read,
      inputShapes: inputs.map(shapeOf),
      shape: shapeOf(tensor),
    });
    for (const node of lowered) this.nodes.set(node.name, node);
    return this.finish(tensor, lowered.at(-1)?.name ?? read[0] ?? missing(layer.name));
  }

  nodeOf(layer: string): string {
    return this.layers.get(layer) ?? missing(layer);
  }

  /** A model used as a layer: its own tensors, with its input standing for what it was applied to. */
  private inside(model: tf.LayersModel, tensor: tf.SymbolicTensor, read: readonly string[]): string {
    const outside = this.done;
    this.done = new Map([[only(model, model.inputs).id, read[0] ?? missing(model.name)]]);
    const output = model.outputs[tensor.tensorIndex];
    const name = output ? this.visit(output) : missing(model.name);
    this.done = outside;
    return name;
  }

  private finish(tensor: tf.SymbolicTensor, node: string): string {
    this.done.set(tensor.id, node);
    this.layers.set(tensor.sourceLayer.name, node);
    return node;
  }

  /** Layers of different models may share a name, and a layer may be applied twice. */
  private free(name: string): string {
    let free = name;
    for (let n = 2; this.nodes.has(free); n++) free = `${name}_${n}`;
    return free;
  }
}

function only(model: tf.LayersModel, inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  const [input, second] = inputs;
  if (input && !second) return input;
  throw new ScenelabError(
    'MODEL_INVALID',
    `The network "${model.name}" has ${inputs.length} inputs`,
    'one image input',
    'Choose a network that looks at one photo at a time',
  );
}

function shapeOf(tensor: tf.SymbolicTensor): number[] {
  return tensor.shape.slice(1).map((size) => {
    if (size !== null) return size;
    throw new ScenelabError(
      'MODEL_INVALID',
      `The layer "${tensor.sourceLayer.name}" leaves a size open (${tensor.shape.join(' × ')})`,
      'a network built for one input size',
      'Build the network with its input size stated',
    );
  });
}

function missing(layer: string): never {
  throw new ScenelabError(
    'MODEL_INVALID',
    `The network has no layer "${layer}" between its input and its output`,
    '',
    'Name a layer that the answer depends on',
  );
}
