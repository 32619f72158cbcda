import { ScenelabError } from '../../contract/index.ts';
import type { Graph, InputNode } from './inference-graph.ts';
import type { TrainableNode } from './trainable-graph.ts';

/**
 * The part of a graph between one node and some others. The node `from` becomes the input, under its own name and with
 * its own shape; null keeps the graph's input. Weights are shared with the whole graph, not copied.
 * @throws ScenelabError MODEL_INVALID when a name is unknown or an output does not come from `from` alone.
 */
export function subgraph<Node extends TrainableNode>(
  graph: Graph<Node>,
  from: string | null,
  outputs: readonly string[],
): Graph<Node | InputNode> {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const find = (name: string): Node => byName.get(name) ?? refuse(graph, `has no node "${name}"`);
  const first = inputOf(graph);
  const start = from === null ? first : find(from);
  const kept = new Set([start.name]);
  const pending = [...outputs];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (kept.has(name)) continue;
    if (name === first.name)
      refuse(graph, `does not lead from "${start.name}" alone to ${outputs.join(', ')}`);
    kept.add(name);
    pending.push(...find(name).inputs);
  }
  const nodes = graph.nodes.filter((node) => kept.has(node.name) && node !== start);
  const input: InputNode = { op: 'input', name: start.name, inputs: [], shape: start.shape };
  return { name: graph.name, nodes: [input, ...nodes], outputs };
}

/** The only input, which is the first node. */
export function inputOf<Node extends TrainableNode>(graph: Graph<Node>): Node {
  return graph.nodes[0] ?? refuse(graph, 'is empty');
}

/** The node of that name. Throws ScenelabError MODEL_INVALID when there is none. */
export function nodeNamed<Node extends TrainableNode>(graph: Graph<Node>, name: string): Node {
  return graph.nodes.find((node) => node.name === name) ?? refuse(graph, `has no node "${name}"`);
}

/** For writers, whose nodes come in order: what a node reads has been written before it. */
export function unread(name: string): never {
  throw new Error(`"${name}" is read before it is written.`);
}

function refuse(graph: Graph<TrainableNode>, what: string): never {
  throw new ScenelabError(
    'MODEL_INVALID',
    `The network "${graph.name}" ${what}`,
    '',
    'Name one of its nodes',
  );
}
