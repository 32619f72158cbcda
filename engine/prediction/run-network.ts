import type { PixelScale } from '../../contract/index.ts';
import { loadBackbone } from '../backbones/load-backbone.ts';
import { nodeNamed, subgraph, type InferenceGraph } from '../graph/index.ts';
import { openGraph, type RunnableGraph } from '../inference/index.ts';
import { readModel } from '../models/read-model.ts';
import { startRuntime } from '../tensorflow/index.ts';

/** A pretrained backbone or the model in a folder. */
export type Network =
  { readonly kind: 'backbone'; readonly id: string } | { readonly kind: 'model'; readonly folder: string };

/** A network that is open on the compute thread. */
export interface OpenedNetwork {
  readonly handle: number;
  readonly inputSize: number;
  /** What the network does to pixels; it is part of what runs. */
  readonly pixelScale: PixelScale;
  /** Names and shapes of what it gives, without the batch dimension. */
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
}

/** Networks that are open on this thread, by their handles. */
const open = new Map<number, RunnableGraph>();
let opened = 0;

/**
 * Makes a network ready to run from pixels to the nodes `outputs`, by default those that it answers with. To be closed.
 * @throws ScenelabError as `loadBackbone` and `readModel`, and MODEL_INVALID when it has no such node.
 */
export async function openNetwork({
  network,
  outputs,
}: {
  network: Network;
  outputs?: string[];
}): Promise<OpenedNetwork> {
  await startRuntime();
  return keepOpen(await load(network), outputs);
}

/** As `openNetwork`, of a network that is at hand. */
export async function keepOpen(
  { graph, inputSize, pixelScale }: LoadedNetwork,
  outputs: readonly string[] = graph.outputs,
): Promise<OpenedNetwork> {
  const wanted = subgraph(graph, null, [...outputs]);
  const handle = (opened += 1);
  open.set(handle, await openGraph(wanted, { pixelScale }));
  const described = wanted.outputs.map((name) => ({ name, shape: nodeNamed(wanted, name).shape }));
  return { handle, inputSize, pixelScale, outputs: described };
}

/** Runs `n` photos, `[n, inputSize, inputSize, 3]` uint8; gives one `[n, ...shape]` float32 per output. */
export async function runNetwork({
  handle,
  pixels,
  n,
}: {
  handle: number;
  pixels: Uint8Array;
  n: number;
}): Promise<Float32Array[]> {
  const network = open.get(handle);
  if (!network) throw new Error(`The network ${handle} is not open.`);
  return network.run(pixels, n);
}

/** Frees a network; one that is closed already stays so. */
export async function closeNetwork({ handle }: { handle: number }): Promise<void> {
  open.get(handle)?.dispose();
  open.delete(handle);
}

interface LoadedNetwork {
  readonly graph: InferenceGraph;
  readonly inputSize: number;
  readonly pixelScale: PixelScale;
}

async function load(network: Network): Promise<LoadedNetwork> {
  if (network.kind === 'model') return readModel(network.folder);
  const { graph, info } = await loadBackbone(network.id);
  return { graph, inputSize: info.inputSize, pixelScale: info.pixelScale };
}
