import type { PixelScale } from '../../contract/index.ts';
import { crossEntropyGradient } from './gradients/cross-entropy-gradient.ts';
import { writeBackward } from './gradients/write-backward.ts';
import { scalePixels } from './graphdef.ts';
import { attribute, DataType, float, NodeDefs, type Port } from './node-defs.ts';
import type { CallableGraph } from './savedmodel.ts';
import { inputOf, nodeNamed } from './subgraph.ts';
import { statisticsOf, weightsOf, type TrainableGraph } from './trainable-graph.ts';
import {
  declareStatistics,
  declareVariables,
  readingOf,
  writeChanges,
  writingOf,
} from './training-variables.ts';
import type { UpdateRule } from './update-rules.ts';
import { drawnFactors } from './write-dropout.ts';
import { writeStatistics } from './write-statistics.ts';
import { writeTrainingNodes } from './write-training-nodes.ts';

/**
 * The calls of a training graph. `step` is forward, backward and update in one. Where a batch is too large for the memory,
 * `first` on a part of it, `further` on each other part and `apply` do the same; batch norm then normalises each part by
 * itself.
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

/** A network and how it is fed while it is trained. */
export interface NetworkInTraining {
  /** Its outputs are logits `[classes]`: of the answer, then of any auxiliary classifiers. */
  readonly graph: TrainableGraph;
  /** By which the cross-entropy of each auxiliary classifier counts in the loss; that of the answer counts fully. */
  readonly auxiliaryShare: number;
  /** What it reads: pixels 0 … 255 that are scaled so, or cached features as float16 (null). */
  readonly pixelScale: PixelScale | null;
  /** Where the factors of dropout come from: those of the only one are fed, or all are drawn from a seed. */
  readonly dropout: 'fed' | 'drawn';
}

/**
 * The training of a network.
 *
 * What goes in: `features` one string of all the batch's values, float16 or uint8, `[photos, ...shape of the input]`; `targets`
 * `[photos, classes]`; `weights` `[photos]`, by which the loss of each photo is multiplied before they are added up; `dropout`
 * `[photos, ...shape]`, factors, or the seed that they are drawn from, an int32; `learningRate` and `count` (of steps, this one
 * included) scalars. What comes out: `logits` `[photos, classes]`, those that the step was made on, or `done`. Weights, with
 * the running statistics of batch norm, and slots go in and out by their names.
 */
export function toTrainingGraph(network: NetworkInTraining, rule: UpdateRule): TrainingGraph {
  const defs = new NodeDefs();
  const { graph } = network;
  const variables = declareVariables(defs, weightsOf(graph), rule);
  const statistics = declareStatistics(defs, statisticsOf(graph));
  const ports = writePorts(defs, network);
  const { features, targets, weights, dropout, ...rates } = ports;
  const weightOf = (name: string) => (variables.get(name) ?? statistics.get(name))?.value ?? null;
  const factorsOf = network.dropout === 'fed' ? () => dropout.tensor : drawnFactors(defs, dropout);
  const input = readInput(defs, network, features);
  const trained = writeTrainingNodes(defs, graph, input, { weightOf, factorsOf });
  const evaluated = writeTrainingNodes(defs, graph, input, { weightOf, factorsOf: null });
  const upstream = writeLoss(defs, network, trained.valueOf, { targets, weights });
  const changes = writeChanges(defs, variables, writeBackward(defs, trained, upstream).weights, {
    rule,
    ...rates,
  });
  const followed = writeStatistics(defs, trained, statistics);
  const batch = [features, targets, weights, dropout];
  const [answer = ''] = graph.outputs;
  const logits = (of: string, after: readonly string[] = []): Port[] => [
    defs.output('logits', of, [-1, ...nodeNamed(graph, answer).shape], after),
  ];
  const made = (after: readonly string[]) => logits(trained.valueOf(answer), [...after, ...followed]);
  const all = [...variables.values(), ...statistics.values()];
  const slots = [...variables.values()].flatMap((variable) => variable.slots);
  return {
    nodes: defs.nodes,
    signatures: {
      step: { inputs: [...batch, ...Object.values(rates)], outputs: made(changes.step) },
      first: { inputs: batch, outputs: made(changes.first) },
      further: { inputs: batch, outputs: made(changes.further) },
      apply: { inputs: Object.values(rates), outputs: [defs.done(changes.apply)] },
      forward: { inputs: [features], outputs: logits(evaluated.valueOf(answer)) },
      readWeights: readingOf(defs, all),
      writeWeights: writingOf(defs, all),
      readSlots: readingOf(defs, slots),
      writeSlots: writingOf(defs, slots),
    },
  };
}

type Ports = Record<'features' | 'targets' | 'weights' | 'dropout' | 'learningRate' | 'count', Port>;

function writePorts(defs: NodeDefs, { graph, dropout }: NetworkInTraining): Ports {
  const [answer = ''] = graph.outputs;
  const dropped = graph.nodes.find(({ op }) => op === 'dropout')?.shape ?? [];
  const floats = (key: string, sizes: readonly number[]) => defs.input(key, DataType.float, sizes);
  return {
    features: defs.input('features', DataType.string, []),
    targets: floats('targets', [-1, ...nodeNamed(graph, answer).shape]),
    weights: floats('weights', [-1]),
    dropout:
      dropout === 'fed' ? floats('dropout', [-1, ...dropped]) : defs.input('dropout', DataType.int32, []),
    learningRate: floats('learningRate', []),
    count: floats('count', []),
  };
}

/** Pixels as bytes, or float16 as it lies in the feature cache: a fourth or a half of what float32 would be to copy. */
function readInput(defs: NodeDefs, { graph, pixelScale }: NetworkInTraining, { tensor }: Port): string {
  const input = inputOf(graph);
  if (pixelScale) return scalePixels(defs, input, { kind: 'bytes', pixelScale }, tensor);
  const half = attribute.type(DataType.half);
  const raw = defs.add('features/raw', 'DecodeRaw', [tensor], { out_type: half });
  const cast = { SrcT: half, DstT: attribute.type(DataType.float) };
  const values = defs.add('features/values', 'Cast', [raw], cast);
  return defs.reshape('features/shaped', values, [-1, ...input.shape]);
}

/** The gradient of the loss with respect to the logits of each classifier. */
function writeLoss(
  defs: NodeDefs,
  { graph, auxiliaryShare }: NetworkInTraining,
  valueOf: (node: string) => string,
  ports: Pick<Ports, 'targets' | 'weights'>,
): Map<string, string> {
  return new Map(
    graph.outputs.map((output, i) => {
      const gradient = crossEntropyGradient(defs, valueOf(output), ports);
      if (i === 0) return [output, gradient];
      const share = defs.scalar('gradients/auxiliary-share', auxiliaryShare);
      return [output, defs.add('gradients/auxiliary', 'Mul', [gradient, share], float)];
    }),
  );
}
