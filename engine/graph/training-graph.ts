import { crossEntropyGradient } from './gradients/cross-entropy-gradient.ts';
import { writeBackward } from './gradients/write-backward.ts';
import type { DenseNode, InferenceGraph } from './inference-graph.ts';
import { attribute, DataType, float, NodeDefs, type Port } from './node-defs.ts';
import type { CallableGraph } from './savedmodel.ts';
import { inputOf, nodeNamed } from './subgraph.ts';
import {
  declareVariables,
  readingOf,
  weightsOf,
  writeChanges,
  writingOf,
  type TrainedVariables,
} from './training-variables.ts';
import type { UpdateRule } from './update-rules.ts';
import { writeNodes, type WeightedNode, type WeightSource } from './write-nodes.ts';

/**
 * The calls of a training graph. `step` is forward, backward and update in one. Where a batch is too large for the memory,
 * `first` on a part of it, `further` on each other part and `apply` do the same.
 */
export type TrainingCall =
  | 'step'
  | 'first'
  | 'further'
  | 'apply'
  | 'forward'
  | 'readWeights'
  | 'writeWeights'
  | 'readSlots'
  | 'writeSlots';

/** Operations that train a network, with its weights as variables that all calls share. */
export type TrainingGraph = CallableGraph<TrainingCall>;

/**
 * The training of a tail, which leads from the cut to the embedding, and of the last layer above it.
 *
 * What goes in: `features` one string of float16, `[photos, ...shape of the cut]`; `targets` `[photos, classes]`; `weights`
 * `[photos]`, by which the loss of each photo is multiplied before they are added up; `dropout` `[photos, embedding size]`,
 * factors of the embedding; `learningRate` and `count` (of steps, this one included) scalars. What comes out: `logits`
 * `[photos, classes]`, those that the step was made on, or `done`. Weights and slots go in and out by their names.
 */
export function toTrainingGraph(tail: InferenceGraph, head: DenseNode, rule: UpdateRule): TrainingGraph {
  const defs = new NodeDefs();
  const network = { tail, head: aloneWith(tail, head) };
  const weights = new Map([...weightsOf(tail), ...weightsOf(network.head)]);
  const variables = declareVariables(defs, weights, rule);
  const ports = writePorts(defs, network);
  const { trained, evaluated, gradients } = writePass(defs, network, variables, ports);
  const { features, targets, weights: factors, dropout, ...rates } = ports;
  const changes = writeChanges(defs, variables, gradients, { rule, ...rates });
  const batch = [features, targets, factors, dropout];
  const logits = (of: string, after: readonly string[] = []): Port[] => [
    defs.output('logits', of, [-1, ...head.shape], after),
  ];
  const all = [...variables.values()];
  const slots = all.flatMap((variable) => variable.slots);
  return {
    nodes: defs.nodes,
    signatures: {
      step: { inputs: [...batch, ...Object.values(rates)], outputs: logits(trained, changes.step) },
      first: { inputs: batch, outputs: logits(trained, changes.first) },
      further: { inputs: batch, outputs: logits(trained, changes.further) },
      apply: { inputs: Object.values(rates), outputs: [defs.done(changes.apply)] },
      forward: { inputs: [features], outputs: logits(evaluated) },
      readWeights: readingOf(defs, all),
      writeWeights: writingOf(defs, all),
      readSlots: readingOf(defs, slots),
      writeSlots: writingOf(defs, slots),
    },
  };
}

interface Network {
  readonly tail: InferenceGraph;
  readonly head: InferenceGraph;
}

/** The last layer as a graph of its own, because dropout comes between it and the tail. */
function aloneWith(tail: InferenceGraph, head: DenseNode): InferenceGraph {
  const [embedding = ''] = tail.outputs;
  const { shape } = nodeNamed(tail, embedding);
  const input = { op: 'input', name: embedding, inputs: [], shape } as const;
  return { name: head.name, nodes: [input, { ...head, inputs: [embedding] }], outputs: [head.name] };
}

type Ports = Record<'features' | 'targets' | 'weights' | 'dropout' | 'learningRate' | 'count', Port>;

function writePorts(defs: NodeDefs, { head }: Network): Ports {
  const [embedding, logits] = head.nodes.map(({ shape }) => shape);
  const floats = (key: string, sizes: readonly number[]) => defs.input(key, DataType.float, sizes);
  return {
    features: defs.input('features', DataType.string, []),
    targets: floats('targets', [-1, ...(logits ?? [])]),
    weights: floats('weights', [-1]),
    dropout: floats('dropout', [-1, ...(embedding ?? [])]),
    learningRate: floats('learningRate', []),
    count: floats('count', []),
  };
}

/** Logits with and without dropout, and the way back from the loss of the former to every weight. */
function writePass(defs: NodeDefs, { tail, head }: Network, variables: TrainedVariables, ports: Ports) {
  const valueOf: WeightSource = ({ name }, part) => variables.get(`${name}/${part}`)?.value ?? '';
  const kernelOf = (node: WeightedNode) => valueOf(node, 'kernel', node.kernel);
  const below = writeNodes(defs, tail, decode(defs, tail, ports.features), valueOf);
  const embedding = below(inputOf(head).name);
  const dropped = defs.add('dropped', 'Mul', [embedding, ports.dropout.tensor], float);
  const above = writeNodes(defs, head, dropped, valueOf);
  const trained = above(head.name);
  const evaluated = writeNodes(defs, head, embedding, valueOf)(head.name);

  const upstream = crossEntropyGradient(defs, trained, ports);
  const ofHead = writeBackward(defs, { graph: head, valueOf: above, kernelOf }, upstream);
  const kept = defs.add('gradients/dropped', 'Mul', [ofHead.input, ports.dropout.tensor], float);
  const ofTail = writeBackward(defs, { graph: tail, valueOf: below, kernelOf }, kept);
  return { trained, evaluated, gradients: new Map([...ofTail.weights, ...ofHead.weights]) };
}

/** float16 as it lies in the feature cache: half of what float32 would be to copy. */
function decode(defs: NodeDefs, tail: InferenceGraph, { tensor }: Port): string {
  const half = attribute.type(DataType.half);
  const raw = defs.add('features/raw', 'DecodeRaw', [tensor], { out_type: half });
  const cast = { SrcT: half, DstT: attribute.type(DataType.float) };
  const values = defs.add('features/values', 'Cast', [raw], cast);
  return defs.reshape('features/shaped', values, [-1, ...inputOf(tail).shape]);
}
