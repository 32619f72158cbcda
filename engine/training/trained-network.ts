import { loadBackbone } from '../backbones/load-backbone.ts';
import { fitTail } from '../gradient-descent/fit-tail.ts';
import type { TailInput } from '../gradient-descent/tail-input.ts';
import { nodeNamed, subgraph, type GraphNode, type InferenceGraph, type Weight } from '../graph/index.ts';
import { answerOutOfFold, type OutOfFold } from '../head/answer-out-of-fold.ts';
import { openEmbeddings, type EmbeddingRows } from '../head/embeddings.ts';
import { fitHead, type HeadInput } from '../head/fit-head.ts';
import { cooled, type HeadWeights } from '../head/head.ts';
import type { ModelDetails, ModelInfo } from '../models/trained-model.ts';
import { writeModel } from '../models/write-model.ts';
import { keepOpen, type OpenedNetwork } from '../prediction/run-network.ts';
import { startRuntime } from '../tensorflow/index.ts';

/** What training changed in a backbone: enough to make the whole network again. Plain data. */
export interface TrainedParts {
  readonly backbone: string;
  /** New weights of nodes of the backbone, `<node>/kernel` and `<node>/bias`. */
  readonly tail: ReadonlyMap<string, Weight>;
  readonly head: HeadWeights;
  /** By which the logits are divided. */
  readonly temperature: number;
}

/** `Input` as a task of the compute thread gets it: it reads the embeddings from their cache itself. */
type FromCache<Input> = Omit<Input, 'embeddings'> & { embeddings: EmbeddingRows };

/** `fitHead` as a task of the compute thread. */
export async function fitHeadTask(input: FromCache<HeadInput>, signal: AbortSignal): Promise<HeadWeights> {
  await startRuntime();
  using embeddings = openEmbeddings(input.embeddings);
  return await fitHead({ ...input, embeddings }, signal);
}

/** `answerOutOfFold` as a task of the compute thread. */
export async function answerOutOfFoldTask(
  input: FromCache<HeadInput & { foldOf: Int32Array }>,
  signal: AbortSignal,
): Promise<OutOfFold> {
  await startRuntime();
  using embeddings = openEmbeddings(input.embeddings);
  return await answerOutOfFold({ ...input, embeddings }, signal);
}

/** `fitTail` of a backbone above a cut, as a task of the compute thread. */
export async function* fitTailTask(
  { backbone, cut, ...input }: TailInput & { backbone: string; cut: string },
  signal: AbortSignal,
): ReturnType<typeof fitTail> {
  await startRuntime();
  const { graph } = await loadBackbone(backbone);
  return yield* fitTail(subgraph(graph, cut, ['embedding']), input, signal);
}

/** Opens a trained network for prediction without writing it. A task of the compute thread. */
export async function openTrained({ parts }: { parts: TrainedParts }): Promise<OpenedNetwork> {
  await startRuntime();
  return keepOpen(await assemble(parts));
}

/** Leaves a trained network as a model in a folder. A task of the compute thread. */
export async function writeTrained(task: {
  folder: string;
  parts: TrainedParts;
  model: ModelInfo;
  details: ModelDetails;
}): Promise<void> {
  await startRuntime();
  const { graph, inputSize } = await assemble(task.parts);
  await writeModel({ ...task, model: { ...task.model, graph, inputSize } });
}

/** The backbone with its trained weights, and the last layer in the place of its own classes. */
async function assemble(parts: TrainedParts) {
  const { graph, info } = await loadBackbone(parts.backbone);
  return { ...info, graph: withHead(withWeights(subgraph(graph, null, ['embedding']), parts.tail), parts) };
}

function withWeights(graph: InferenceGraph, weights: ReadonlyMap<string, Weight>): InferenceGraph {
  const trained = (node: GraphNode): GraphNode => {
    if (!('kernel' in node)) return node;
    const { kernel, bias, name } = node;
    return {
      ...node,
      kernel: weights.get(`${name}/kernel`) ?? kernel,
      bias: weights.get(`${name}/bias`) ?? bias,
    };
  };
  return { ...graph, nodes: graph.nodes.map(trained) };
}

function withHead(graph: InferenceGraph, { head, temperature }: TrainedParts): InferenceGraph {
  const [size] = nodeNamed(graph, 'embedding').shape;
  const classes = head.bias.length;
  const { kernel, bias } = cooled(head, temperature);
  const nodes: GraphNode[] = [
    {
      op: 'dense',
      name: 'logits',
      inputs: ['embedding'],
      shape: [classes],
      kernel: { shape: [size ?? 0, classes], data: kernel },
      bias: { shape: [classes], data: bias },
      activation: 'linear',
    },
    { op: 'softmax', name: 'probabilities', inputs: ['logits'], shape: [classes] },
  ];
  return { ...graph, nodes: [...graph.nodes, ...nodes], outputs: ['probabilities'] };
}
