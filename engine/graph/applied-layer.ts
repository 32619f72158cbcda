import { z } from 'zod';
import { ScenelabError } from '../../contract/index.ts';
import type { tf } from '../tensorflow/runtime.ts';
import type { Activation, GraphNode, Weight } from './inference-graph.ts';

/** One application of a Keras layer: the nodes it reads, and shapes without the batch. */
export interface AppliedLayer {
  readonly layer: tf.layers.Layer;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly inputShapes: readonly (readonly number[])[];
  readonly shape: readonly number[];
}

/** What every node of the layer shares with its last one. */
export function named({ name, inputs, shape }: AppliedLayer): Pick<GraphNode, 'name' | 'inputs' | 'shape'> {
  return { name, inputs, shape };
}

/**
 * The layer's Keras settings, checked.
 * @throws ScenelabError MODEL_INVALID where one has a value that the inference graph can't express.
 */
export function settings<T>(applied: AppliedLayer, schema: z.ZodType<T>): T {
  const config = applied.layer.getConfig();
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0]);
  return refuse(applied, `${name} = ${JSON.stringify(config[name])}`);
}

/** The layer's weights in Keras's order. */
export function weightsOf({ layer }: AppliedLayer): Weight[] {
  return layer.getWeights().map((tensor) => ({ shape: tensor.shape, data: tensor.dataSync<'float32'>() }));
}

/** The nodes of an activation by its Keras name, after a node that `make` builds with the activation it can take in. */
export function withActivation(
  applied: AppliedLayer,
  activation: string,
  make: (name: string, activation: Activation) => GraphNode,
): GraphNode[] {
  if (activation === 'linear' || isActivation(activation)) return [make(applied.name, activation)];
  if (activation !== 'softmax') return refuse(applied, `activation = "${activation}"`);
  const logits = make(`${applied.name}/logits`, 'linear');
  return [logits, { ...named(applied), op: 'softmax', inputs: [logits.name] }];
}

/** Whether the inference graph has an activation of that Keras name as a node. */
export function isActivation(name: string): name is Exclude<Activation, 'linear'> {
  return name === 'relu' || name === 'relu6' || name === 'tanh';
}

/** Throws MODEL_INVALID unless a Keras axis (the batch is 0) is the last one, the channels. */
export function checkLastAxis(applied: AppliedLayer, axis: number): void {
  if (axis !== -1 && axis !== applied.shape.length) refuse(applied, `axis = ${axis}`);
}

/** Throws MODEL_INVALID: the layer has something that the inference graph can't express. */
export function refuse({ layer }: AppliedLayer, what?: string): never {
  throw new ScenelabError(
    'MODEL_INVALID',
    `The layer "${layer.name}" is a ${layer.getClassName()}${what ? ` with ${what}` : ''}, which Scenelab can't run`,
    'convolutions, dense layers, pooling, batch norm, local response normalisation, ReLU, ReLU6, tanh and softmax, channels last',
    'Use a network without it',
  );
}
