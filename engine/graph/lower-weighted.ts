import { z } from 'zod';
import {
  checkLastAxis,
  named,
  refuse,
  settings,
  weightsOf,
  withActivation,
  type AppliedLayer,
} from './applied-layer.ts';
import type { GraphNode, Weight } from './inference-graph.ts';
import type { BatchNormNode } from './trainable-graph.ts';

const Pair = z.tuple([z.number().int(), z.number().int()]);
const Convolved = z.object({
  strides: Pair,
  padding: z.enum(['same', 'valid']),
  dataFormat: z.literal('channelsLast').nullish(),
  dilationRate: z.union([z.literal(1), z.tuple([z.literal(1), z.literal(1)])]).optional(),
  depthMultiplier: z.literal(1).nullish(),
  activation: z.string(),
});
const Activated = z.object({ activation: z.string() });
const Normalized = z.object({
  axis: z.union([z.number().int(), z.tuple([z.number().int()]).transform(([axis]) => axis)]),
  epsilon: z.number(),
  momentum: z.number(),
  center: z.boolean(),
  scale: z.boolean(),
});

/** A convolution over all channels or, as `depthwise-conv`, over each by itself. */
export function lowerConv(applied: AppliedLayer, op: 'conv' | 'depthwise-conv' = 'conv'): GraphNode[] {
  const { activation, strides, padding } = settings(applied, Convolved);
  const [kernel = refuse(applied), bias = zeros(channelsOf(applied))] = weightsOf(applied);
  const place = named(applied);
  return withActivation(applied, activation, (name, activation) => {
    return { ...place, op, name, kernel, bias, strides, padding, activation };
  });
}

/** A depthwise convolution, then one over single positions. */
export function lowerSeparableConv(applied: AppliedLayer): GraphNode[] {
  const { activation, strides, padding } = settings(applied, Convolved);
  const weights = weightsOf(applied);
  const [depthwise = refuse(applied), pointwise = refuse(applied), bias = zeros(channelsOf(applied))] =
    weights;
  const channels = depthwise.shape[2] ?? 0;
  const first: GraphNode = {
    op: 'depthwise-conv',
    name: `${applied.name}/depthwise`,
    inputs: applied.inputs,
    shape: [...applied.shape.slice(0, 2), channels],
    kernel: depthwise,
    bias: zeros(channels),
    strides,
    padding,
    activation: 'linear',
  };
  const place = { ...named(applied), inputs: [first.name], strides: [1, 1], padding: 'valid' } as const;
  const second = withActivation(applied, activation, (name, activation) => {
    return { ...place, op: 'conv', name, kernel: pointwise, bias, activation };
  });
  return [first, ...second];
}

export function lowerDense(applied: AppliedLayer): GraphNode[] {
  if (applied.shape.length !== 1) refuse(applied, `an input of shape ${applied.inputShapes.join(' × ')}`);
  const { activation } = settings(applied, Activated);
  const [kernel = refuse(applied), bias = zeros(channelsOf(applied))] = weightsOf(applied);
  const place = named(applied);
  return withActivation(applied, activation, (name, activation) => {
    return { ...place, op: 'dense', name, kernel, bias, activation };
  });
}

/** As it is trained. */
export function lowerBatchNormalization(applied: AppliedLayer): BatchNormNode {
  const { axis, epsilon, momentum, center, scale } = settings(applied, Normalized);
  checkLastAxis(applied, axis);
  const weights = weightsOf(applied);
  const next = (): Weight => weights.shift() ?? refuse(applied);
  const [gamma, beta] = [scale ? next() : null, center ? next() : null];
  const [mean, variance] = [next(), next()];
  return { op: 'batch-norm', ...named(applied), gamma, beta, mean, variance, epsilon, momentum };
}

/** The bias of a layer that has none. */
function zeros(channels: number): Weight {
  return { shape: [channels], data: new Float32Array(channels) };
}

function channelsOf({ shape }: AppliedLayer): number {
  return shape.at(-1) ?? 0;
}
