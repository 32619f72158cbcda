// @module-tag native
import { beforeAll, describe, expect, test } from 'vitest';
import { openNativeCalls } from '../../inference/index.ts';
import { randomFor } from '../../random.ts';
import { startRuntime, tf } from '../../tensorflow/index.ts';
import type { Weight } from '../inference-graph.ts';
import { DataType, NodeDefs } from '../node-defs.ts';
import { runTrainingEagerly } from '../run-training-eagerly.ts';
import { weightsOf, type TrainableGraph, type TrainableNode } from '../trainable-graph.ts';
import { writeTrainingNodes } from '../write-training-nodes.ts';
import { writeBackward } from './write-backward.ts';

beforeAll(() => startRuntime({ kind: 'native' }));

const photos = 2;

function weight(name: string, shape: readonly number[], spread = 2): Weight {
  const random = randomFor('gradient', name);
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length }, () => spread * (random() - 0.5)) };
}

const image = [5, 6, 3];
const conv = { kernel: weight('kernel', [3, 3, 3, 4]), bias: weight('bias', [4]) };
const depthwise = { kernel: weight('depthwise', [3, 3, 3, 1]), bias: weight('bias', [3]) };
const same = { strides: [1, 1], padding: 'same', activation: 'linear' } as const;
const valid = { strides: [2, 2], padding: 'valid', activation: 'linear' } as const;
const pool = { size: [3, 3], strides: [2, 2] } as const;

type Case = TrainableNode extends infer N
  ? N extends TrainableNode
    ? Omit<N, 'name' | 'inputs'>
    : never
  : never;

function norm(channels: number) {
  const [gamma, beta] = [weight('gamma', [channels]), weight('beta', [channels])];
  const [mean, variance] = [weight('mean', [channels]), weight('variance', [channels])];
  return { gamma, beta, mean, variance, epsilon: 1e-3, momentum: 0.9 };
}

/** Every operation, each alone between an input and an output. */
const cases: [string, readonly number[], Case][] = [
  ['scale', image, { op: 'scale', shape: image, scale: weight('scale', [3]), offset: weight('offset', [3]) }],
  ['convolution', image, { op: 'conv', shape: [5, 6, 4], ...conv, ...same }],
  ['convolution in steps of two', image, { op: 'conv', shape: [3, 3, 4], ...conv, ...same, strides: [2, 2] }],
  [
    'convolution without padding, relu',
    image,
    { op: 'conv', shape: [2, 2, 4], ...conv, ...valid, activation: 'relu' },
  ],
  [
    '1 × 1 convolution, relu6',
    image,
    {
      op: 'conv',
      shape: [5, 6, 4],
      ...same,
      kernel: weight('single', [1, 1, 3, 4], 9),
      bias: conv.bias,
      activation: 'relu6',
    },
  ],
  [
    '1 × 1 convolution in steps of two and three',
    image,
    {
      op: 'conv',
      shape: [3, 2, 4],
      ...conv,
      ...valid,
      kernel: weight('single', [1, 1, 3, 4]),
      strides: [2, 3],
    },
  ],
  ['depthwise convolution', image, { op: 'depthwise-conv', shape: image, ...depthwise, ...same }],
  [
    'depthwise convolution in steps of two',
    image,
    { op: 'depthwise-conv', shape: [2, 2, 3], ...depthwise, ...valid },
  ],
  [
    'dense layer',
    [6],
    { op: 'dense', shape: [4], kernel: weight('dense', [6, 4]), bias: conv.bias, activation: 'relu' },
  ],
  ['max pool', image, { op: 'max-pool', shape: [2, 2, 3], ...pool, padding: 'valid' }],
  ['max pool with padding', image, { op: 'max-pool', shape: [3, 3, 3], ...pool, padding: 'same' }],
  ['average pool', image, { op: 'average-pool', shape: [2, 2, 3], ...pool, padding: 'valid' }],
  ['average pool with padding', image, { op: 'average-pool', shape: [3, 3, 3], ...pool, padding: 'same' }],
  [
    'padding',
    image,
    {
      op: 'pad',
      shape: [6, 9, 3],
      padding: [
        [0, 1],
        [2, 1],
      ],
    },
  ],
  ['global average pool', image, { op: 'global-average-pool', shape: [3] }],
  ['relu', image, { op: 'activation', shape: image, activation: 'relu' }],
  ['relu6', image, { op: 'activation', shape: image, activation: 'relu6' }],
  ['tanh', image, { op: 'activation', shape: image, activation: 'tanh' }],
  [
    'local response normalisation',
    [5, 6, 7],
    { op: 'local-response-norm', shape: [5, 6, 7], radius: 2, bias: 2, alpha: 0.4, beta: 0.75 },
  ],
  ['flatten', image, { op: 'flatten', shape: [90] }],
  ['softmax', [7], { op: 'softmax', shape: [7] }],
  [
    'convolution without a bias',
    image,
    { op: 'conv', shape: [5, 6, 4], ...conv, bias: weight('none', [4], 0), ...same, unbiased: true },
  ],
  ['batch norm', image, { op: 'batch-norm', shape: image, ...norm(3) }],
  ['batch norm without a gain', image, { op: 'batch-norm', shape: image, ...norm(3), gamma: null }],
  ['batch norm of vectors', [6], { op: 'batch-norm', shape: [6], ...norm(6), beta: null }],
  ['dropout', image, { op: 'dropout', shape: image, rate: 0.3 }],
];

const input = (shape: readonly number[]): TrainableNode => ({ op: 'input', name: 'x', inputs: [], shape });
const alone = (shape: readonly number[], node: Case): TrainableGraph => ({
  name: 'alone',
  nodes: [input(shape), { ...node, name: 'y', inputs: ['x'] }],
  outputs: ['y'],
});

/** Values that several nodes read, joined by adding and by channel. */
const branches: TrainableGraph = {
  name: 'branches',
  nodes: [
    input(image),
    { op: 'depthwise-conv', name: 'left', inputs: ['x'], shape: image, ...depthwise, ...same },
    { op: 'add', name: 'sum', inputs: ['left', 'x', 'left'], shape: image },
    { op: 'conv', name: 'right', inputs: ['sum'], shape: [5, 6, 4], ...conv, ...same },
    { op: 'concat', name: 'joined', inputs: ['right', 'sum', 'x'], shape: [5, 6, 10] },
  ],
  outputs: ['joined'],
};

/** What is differentiated: the input and every weight, by name, and the factors of the output in the loss. */
function pointOf(graph: TrainableGraph) {
  const shapeOf = (node: TrainableNode | undefined) => [photos, ...(node?.shape ?? [])];
  const at = new Map([['x', weight('x', shapeOf(graph.nodes[0]), 8)], ...weightsOf(graph)]);
  return { at, upstream: weight('upstream', shapeOf(graph.nodes.at(-1))) };
}

const tensor = ({ data, shape }: Weight) => tf.tensor(data, [...shape]);

/** The graph that differentiates another at the point that it is given. */
function differentiating(graph: TrainableGraph) {
  const { at, upstream } = pointOf(graph);
  const defs = new NodeDefs();
  const ports = [...at, ['upstream', upstream] as const].map(([key, { shape }]) => ({
    ...defs.input(`in/${key}`, DataType.float, shape),
    key,
  }));
  const portOf = (key: string) => ports.find((port) => port.key === key)?.tensor ?? '';
  const weightOf = (name: string) => ports.find((port) => port.key === name)?.tensor ?? null;
  const factorsOf = ({ name, shape }: TrainableNode) => defs.floats(`${name}/factors`, factors(shape));
  const written = writeTrainingNodes(defs, graph, portOf('x'), { weightOf, factorsOf });
  const [output = ''] = graph.outputs;
  const { input, weights } = writeBackward(defs, written, new Map([[output, portOf('upstream')]]));
  const gradients = [['x', input] as const, ...weights].filter(([key]) => at.has(key));
  const outputs = gradients.map(([key, name]) => defs.output(key, name, at.get(key)?.shape ?? []));
  return { nodes: defs.nodes, signatures: { differentiate: { inputs: ports, outputs } } };
}

async function compiledGradients(graph: TrainableGraph): Promise<Map<string, Float32Array>> {
  const { at, upstream } = pointOf(graph);
  using calls = await openNativeCalls(differentiating(graph));
  const values = [...at, ['upstream', upstream] as const].map(
    ([key, value]) => [key, tensor(value)] as const,
  );
  const answer = calls.call('differentiate', Object.fromEntries(values));
  return new Map(Object.entries(answer).map(([key, gradient]) => [key, gradient.dataSync<'float32'>()]));
}

/** Of dropout: some values vanish, others grow. */
function factors(shape: readonly number[]): Weight {
  const { data, ...rest } = weight('factors', [photos, ...shape]);
  return { ...rest, data: data.map((value) => (value < -0.4 ? 0 : 1 / 0.7)) };
}

function forward(graph: TrainableGraph, values: ReadonlyMap<string, tf.Tensor>): tf.Tensor {
  const [y] = runTrainingEagerly(graph, values.get('x') ?? tf.scalar(NaN), {
    weightOf: (name) => values.get(name),
    factorsOf: ({ shape }) => tensor(factors(shape)),
  });
  return y ?? tf.scalar(NaN);
}

/** By TensorFlow.js's own differentiation of the eager reference. */
function tfjsGradients(graph: TrainableGraph): Map<string, Float32Array> {
  const { at, upstream } = pointOf(graph);
  const names = [...at.keys()];
  const loss = (...values: tf.Tensor[]) =>
    forward(graph, new Map(names.map((name, i) => [name, values[i] ?? tf.scalar(NaN)])))
      .mul(tensor(upstream))
      .sum();
  const gradients = tf.grads(loss)([...at.values()].map(tensor));
  return new Map(names.map((name, i) => [name, gradients[i]?.dataSync<'float32'>() ?? new Float32Array()]));
}

/** How the loss changes when one value does, measured; the step is a power of two so that it rounds to nothing. */
function slope(graph: TrainableGraph, name: string, index: number): number {
  const { at, upstream } = pointOf(graph);
  const step = 2 ** -8;
  const lossAt = (offset: number) =>
    tf.tidy(() => {
      const moved = new Map([...at].map(([key, value]) => [key, tensor(value)]));
      const { data, shape } = at.get(name) ?? upstream;
      moved.set(
        name,
        tensor({ shape, data: data.map((value, i) => (i === index ? value + offset : value)) }),
      );
      const y = forward(graph, moved).dataSync<'float32'>();
      return y.reduce((sum, value, i) => sum + value * (upstream.data[i] ?? NaN), 0);
    });
  return (lossAt(step) - lossAt(-step)) / (2 * step);
}

/** Within half a per cent: the differences are of float32 values. */
function expectNear(value: number | undefined, expected: number): void {
  expect((value ?? NaN) / Math.max(1, Math.abs(expected))).toBeCloseTo(
    expected / Math.max(1, Math.abs(expected)),
    2,
  );
}

describe.each([
  ...cases.map(([name, shape, node]) => ({ name, graph: alone(shape, node) })),
  { name: 'branches', graph: branches },
])('the gradient of $name', ({ graph }) => {
  test('is that of TensorFlow.js', async () => {
    const [compiled, expected] = [await compiledGradients(graph), tfjsGradients(graph)];
    expect([...compiled.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
    for (const [name, values] of expected)
      values.forEach((value, i) => expect(compiled.get(name)?.[i]).toBeCloseTo(value, 4));
  });

  test('is how much the output changes', async () => {
    for (const [name, values] of await compiledGradients(graph))
      for (let index = 0; index < values.length; index += Math.ceil(values.length / 7))
        expectNear(values[index], slope(graph, name, index));
  });
});

test.each([
  [2, 2],
  [1, 2],
])(
  'a 1 × 1 convolution in steps of %i and %i never meets the operation that writes beside its memory',
  (...strides) => {
    const [height, width] = [Math.ceil(5 / strides[0]), Math.ceil(6 / strides[1])];
    const kernel = weight('single', [1, 1, 3, 4]);
    const node: Case = { op: 'conv', shape: [height, width, 4], ...conv, ...valid, kernel, strides };
    const { nodes } = differentiating(alone(image, node));
    expect(nodes.map(({ op }) => op)).toContain('StridedSliceGrad');
    expect(nodes.filter(({ op }) => op.startsWith('Conv2DBackprop'))).toEqual([]);
  },
);
