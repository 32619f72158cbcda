import type { GraphNode, InferenceGraph } from '../inference-graph.ts';
import { attribute, float, nhwc, type NodeDefs } from '../node-defs.ts';
import { nodeNamed } from '../subgraph.ts';
import type { WeightedNode } from '../write-nodes.ts';
import { activationGradient } from './activation-gradient.ts';
import { concatGradient } from './concat-gradient.ts';
import { convolutionGradient } from './convolution-gradient.ts';
import { denseGradient } from './dense-gradient.ts';
import { globalAveragePoolGradient } from './global-average-pool-gradient.ts';
import { localResponseNormGradient } from './local-response-norm-gradient.ts';
import { padGradient } from './pad-gradient.ts';
import type { Pass } from './pass.ts';
import { poolGradient } from './pool-gradient.ts';
import { softmaxGradient } from './softmax-gradient.ts';

/** A graph that has been written forward: where the value of each node and each kernel is. */
export interface WrittenGraph {
  readonly graph: InferenceGraph;
  readonly valueOf: (node: string) => string;
  readonly kernelOf: (node: WeightedNode) => string;
}

export interface GraphGradients {
  /** With respect to what the graph reads. */
  readonly input: string;
  /** With respect to its weights, by `<node>/kernel` and `<node>/bias`. */
  readonly weights: ReadonlyMap<string, string>;
}

/**
 * Writes the way back through a graph (reverse-mode differentiation) from `upstream`, the gradient of the loss with respect
 * to its only output. A gradient that nobody asks for is written but never run.
 */
export function writeBackward(defs: NodeDefs, written: WrittenGraph, upstream: string): GraphGradients {
  const { graph, valueOf, kernelOf } = written;
  const [last = ''] = graph.outputs;
  const arriving = new Map([[last, [upstream]]]);
  const weights = new Map<string, string>();
  for (const node of graph.nodes.toReversed()) {
    const parts = arriving.get(node.name);
    if (!parts) continue;
    const name = `gradients/${node.name}`;
    const total = sum(defs, name, parts);
    if (node.op === 'input') return { input: total, weights };
    const [input = ''] = node.inputs.map(valueOf);
    const pass = { defs, name, input, output: valueOf(node.name), upstream: total };
    const gradients =
      'kernel' in node ? weigh(node, pass, kernelOf(node), weights) : ofInputs(graph, node, pass);
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

/** Notes the gradients of the weights and gives that of the input. */
function weigh(node: WeightedNode, pass: Pass, kernel: string, weights: Map<string, string>): [string] {
  const upstream = activationGradient(node.activation, pass);
  const linear = { ...pass, upstream };
  const gradient =
    node.op === 'dense' ? denseGradient(linear, kernel) : convolutionGradient(node, linear, kernel);
  const bias = pass.defs.add(`${pass.name}/bias`, 'BiasAddGrad', [upstream], { ...float, ...nhwc });
  weights.set(`${node.name}/kernel`, gradient.kernel).set(`${node.name}/bias`, bias);
  return [gradient.input];
}

function ofInputs(
  graph: InferenceGraph,
  node: Exclude<GraphNode, WeightedNode | { op: 'input' }>,
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
