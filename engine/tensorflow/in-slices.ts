import { availableParallelism } from 'node:os';
import type { InferenceGraph } from '../graph/inference-graph.ts';
import { inputOf } from '../graph/subgraph.ts';
import type { OpenGraph } from './open-graph.ts';

/**
 * Runs a large batch as several small ones. Activations that stay in the processor's cache make ONNX Runtime a
 * fifth faster (EfficientNet-Lite did best with eight photos at a time on two cores), and memory no longer grows with the
 * batch.
 */
export function inSlices(graph: InferenceGraph, runner: OpenGraph): OpenGraph {
  const most = photosThatFitTheCache(graph);
  const size = product(inputOf(graph).shape);
  return {
    async run(input, n) {
      if (n <= most) return runner.run(input, n);
      const answers: Float32Array[][] = [];
      for (let from = 0; from < n; from += most) {
        const to = Math.min(from + most, n);
        answers.push(await runner.run(input.subarray(from * size, to * size), to - from));
      }
      return graph.outputs.map((_, i) => joined(answers.map((values) => values[i] ?? new Float32Array())));
    },
    dispose: () => runner.dispose(),
  };
}

/** What the largest activation may take. */
const bytesPerCore = 20 * 2 ** 20;

function photosThatFitTheCache(graph: InferenceGraph): number {
  const largest = Math.max(...graph.nodes.map(({ shape }) => 4 * product(shape)));
  return Math.max(1, Math.floor((bytesPerCore * availableParallelism()) / largest));
}

function joined(parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
