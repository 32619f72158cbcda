import { z } from 'zod';
import { checkLastAxis, isActivation, named, refuse, settings, type AppliedLayer } from './applied-layer.ts';
import { frozenNorm } from './freeze.ts';
import type { ActivationNode, GraphNode, PoolNode } from './inference-graph.ts';
import { lowerBatchNormalization, lowerConv, lowerDense, lowerSeparableConv } from './lower-weighted.ts';

/**
 * The nodes that compute a layer, unfused, the last of them under the layer's name; none for a layer that does nothing
 * after training.
 * @throws ScenelabError MODEL_INVALID for a layer, or a setting of one, that the inference graph doesn't have.
 */
export function lowerLayer(applied: AppliedLayer): GraphNode[] {
  const lowering = lowerings.get(applied.layer.getClassName());
  return lowering ? lowering(applied) : refuse(applied);
}

type Lowering = (applied: AppliedLayer) => GraphNode[];

const nothing: Lowering = () => [];

const lowerings = new Map<string, Lowering>([
  ['Conv2D', (applied) => lowerConv(applied)],
  ['DepthwiseConv2D', (applied) => lowerConv(applied, 'depthwise-conv')],
  ['SeparableConv2D', lowerSeparableConv],
  ['Dense', lowerDense],
  ['BatchNormalization', (applied) => [frozenNorm(lowerBatchNormalization(applied))]],
  ['Rescaling', rescaling],
  ['ReLU', (applied) => [activation(applied, settings(applied, Limited).maxValue ? 'relu6' : 'relu')]],
  ['Activation', namedActivation],
  ['Softmax', softmax],
  ['MaxPooling2D', (applied) => [pool(applied, 'max-pool')]],
  ['AveragePooling2D', (applied) => [pool(applied, 'average-pool')]],
  ['GlobalAveragePooling2D', globalPool],
  [
    'ZeroPadding2D',
    (applied) => [{ op: 'pad', ...named(applied), padding: settings(applied, Padded).padding }],
  ],
  ['LocalResponseNormalization', localResponseNorm],
  ['Add', add],
  ['Concatenate', concat],
  ['Flatten', (applied) => [{ op: 'flatten', ...named(applied) }]],
  ['Dropout', nothing],
  ['SpatialDropout2D', nothing],
  ['GaussianDropout', nothing],
  ['GaussianNoise', nothing],
  ['ActivityRegularization', nothing],
]);

const Pair = z.tuple([z.number().int(), z.number().int()]);
const Spatial = z.object({ dataFormat: z.literal('channelsLast').nullish() });
const Padded = Spatial.extend({ padding: z.tuple([Pair, Pair]) });
const Pooled = Spatial.extend({ poolSize: Pair, strides: Pair, padding: z.enum(['same', 'valid']) });
const Activated = z.object({ activation: z.string() });
const Joined = z.object({ axis: z.number().int() });
const Rescaled = z.object({ scale: z.number(), offset: z.number() });
const Normalized = z.object({
  radius: z.number().int(),
  bias: z.number(),
  alpha: z.number(),
  beta: z.number(),
});
const Limited = z.object({ maxValue: z.literal(6).nullish() });

function rescaling(applied: AppliedLayer): GraphNode[] {
  const { scale, offset } = settings(applied, Rescaled);
  const single = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
  return [{ op: 'scale', ...named(applied), scale: single(scale), offset: single(offset) }];
}

function activation(applied: AppliedLayer, activation: ActivationNode['activation']): GraphNode {
  return { op: 'activation', ...named(applied), activation };
}

function namedActivation(applied: AppliedLayer): GraphNode[] {
  const kind = settings(applied, Activated).activation;
  if (kind === 'linear') return [];
  if (isActivation(kind)) return [activation(applied, kind)];
  return kind === 'softmax'
    ? [{ op: 'softmax', ...named(applied) }]
    : refuse(applied, `activation = "${kind}"`);
}

function softmax(applied: AppliedLayer): GraphNode[] {
  checkLastAxis(applied, settings(applied, Joined).axis);
  return [{ op: 'softmax', ...named(applied) }];
}

function pool(applied: AppliedLayer, op: PoolNode['op']): GraphNode {
  const { poolSize, strides, padding } = settings(applied, Pooled);
  return { op, ...named(applied), size: poolSize, strides, padding };
}

function globalPool(applied: AppliedLayer): GraphNode[] {
  settings(applied, Spatial);
  return [{ op: 'global-average-pool', ...named(applied) }];
}

function localResponseNorm(applied: AppliedLayer): GraphNode[] {
  return [{ op: 'local-response-norm', ...named(applied), ...settings(applied, Normalized) }];
}

function add(applied: AppliedLayer): GraphNode[] {
  if (applied.inputShapes.some((shape) => shape.join() !== applied.shape.join()))
    refuse(applied, `inputs of different shapes (${applied.inputShapes.map((s) => s.join('×')).join(', ')})`);
  return [{ op: 'add', ...named(applied) }];
}

function concat(applied: AppliedLayer): GraphNode[] {
  checkLastAxis(applied, settings(applied, Joined).axis);
  return [{ op: 'concat', ...named(applied) }];
}
