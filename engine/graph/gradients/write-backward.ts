import type { GraphNode, InputNode, WeightedNode } from '../inference-graph.ts';
import { attribute, float, nhwc, type NodeDefs } from '../node-defs.ts';
import { nodeNamed } from '../subgraph.ts';
import type { TrainableGraph, TrainableNode } from '../trainable-graph.ts';
import { activationGradient } from './activation-gradient.ts';
import { batchNormGradient } from './batch-norm-gradient.ts';
import { concatGradient } from './concat-gradient.ts';
import { convolutionGradient } from './convolution-gradient.ts';
import { denseGradient } from './dense-gradient.ts';
import { globalAveragePoolGradient } from './global-average-pool-gradient.ts';
import { localResponseNormGradient } from './local-response-norm-gradient.ts';
import { padGradient } from './pad-gradient.ts';
import type { Pass, WeightedGradient } from './pass.ts';
import { poolGradient } from './pool-gradient.ts';
import { softmaxGradient } from './softmax-gradient.ts';

/** A network that has been written as it is trained. */
export interface WrittenGraph {
  readonly graph: TrainableGraph;
  /** Tensor of a node's value. */
  readonly valueOf: (node: string) => string;
  /** Tensor of a weight by `<node>/<part>`; null where there is none. */
  readonly weightOf: (name: string) => string | null;
  /** What the way back needs besides: the operation of a batch norm, the factors of a dropout. */
  readonly keptOf: (node: string) => string;
}

export interface GraphGradients {
  /** With respect to what the graph reads. */
  readonly input: string;
  /** With respect to its weights, by `<node>/kernel`, `<node>/bias`, `<node>/gamma` and `<node>/beta`. */
  readonly weights: ReadonlyMap<string, string>;
}

/**
 * Writes the way back through a graph (reverse-mode differentiation) from `upstream`, the gradient of the loss with respect
 * to each of its outputs. A gradient that nobody asks for is written but never run.
 */
export function writeBackward(
  defs: NodeDefs,
  written: WrittenGraph,
  upstream: ReadonlyMap<string, string>,
): GraphGradients {
  const { graph, valueOf } = written;
  const arriving = new Map([...upstream].map(([output, gradient]) => [output, [gradient]]));
  const weights = new Map<string, string>();
  for (const node of graph.nodes.toReversed()) {
    const parts = arriving.get(node.name);
    if (!parts) continue;
    const name = `gradients/${node.name}`;
    const total = sum(defs, name, parts);
    if (node.op === 'input') return { input: total, weights };
    const [input = ''] = node.inputs.map(valueOf);
    const pass = { defs, name, input, output: valueOf(node.name), upstream: total };
    const gradients = ofNode(written, node, pass, weights);
    node.inputs.forEach((read, i) => arriving.set(read, [...(arriving.get(read) ?? []), gradients[i] ?? '']));
  }
  throw new Error(`Nothing leads back to the input of "${graph.name}".`);
}

/** A value that several nodes read gets a gradient from each. */
function sum(defs: NodeDefs, name: string, parts: readonly string[]): string {
  const [only = ''] = parts;
  if (parts.length === 1) return only;
  return defs.add(`${name}/sum`, 'AddN', parts, { ...float, N: attribute.int(parts.length) });
}

/** Notes the gradients of the node's weights and gives those of what it read. */
function ofNode(
  { graph, weightOf, keptOf }: WrittenGraph,
  node: Exclude<TrainableNode, InputNode>,
  pass: Pass,
  weights: Map<string, string>,
): string[] {
  if ('kernel' in node) {
    const kernel = weightOf(`${node.name}/kernel`) ?? '';
    const gradient = weightedGradient(node, pass, kernel);
    weights.set(`${node.name}/kernel`, gradient.kernel).set(`${node.name}/bias`, gradient.bias);
    return [gradient.input];
  }
  if (node.op === 'batch-norm') {
    const gamma = weightOf(`${node.name}/gamma`);
    const gradient = batchNormGradient(node, pass, { fused: keptOf(node.name), gamma });
    weights.set(`${node.name}/gamma`, gradient.gamma).set(`${node.name}/beta`, gradient.beta);
    return [gradient.input];
  }
  if (node.op !== 'dropout') return ofInputs(graph, node, pass);
  return [pass.defs.add(pass.name, 'Mul', [pass.upstream, keptOf(node.name)], float)];
}

function weightedGradient(
  node: WeightedNode,
  pass: Pass,
  kernel: string,
): WeightedGradient & { bias: string } {
  const upstream = activationGradient(node.activation, pass);
  const linear = { ...pass, upstream };
  const gradient =
    node.op === 'dense' ? denseGradient(linear, kernel) : convolutionGradient(node, linear, kernel);
  const bias = pass.defs.add(`${pass.name}/bias`, 'BiasAddGrad', [upstream], { ...float, ...nhwc });
  return { ...gradient, bias };
}

function ofInputs(
  graph: TrainableGraph,
  node: Exclude<GraphNode, WeightedNode | InputNode>,
  pass: Pass,
): string[] {
  const { defs, name, upstream } = pass;
  const read = node.inputs.map((input) => nodeNamed(graph, input).shape);
  const [shape = []] = read;
  const rank = node.shape.length + 1;
  switch (node.op) {
    case 'scale':
      return [defs.add(name, 'Mul', [upstream, defs.floats(`${name}/scale`, node.scale)], float)];
    case 'max-pool':
    case 'average-pool':
      return [poolGradient(node, pass)];
    case 'pad':
      return [padGradient(node, pass, shape)];
    case 'global-average-pool':
      return [globalAveragePoolGradient(pass, shape)];
    case 'add':
      return read.map(() => upstream);
    case 'concat':
      return concatGradient(
        pass,
        read.map((sizes) => sizes.at(-1) ?? 0),
        rank,
      );
    case 'activation':
      return [activationGradient(node.activation, pass)];
    case 'local-response-norm':
      return [localResponseNormGradient(node, pass)];
    case 'flatten':
      return [defs.reshape(`${name}/input`, upstream, [-1, ...shape])];
    case 'softmax':
      return [softmaxGradient(pass, rank)];
  }
}
