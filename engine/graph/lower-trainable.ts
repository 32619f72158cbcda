import { z } from 'zod';
import type { tf } from '../tensorflow/runtime.ts';
import { named, settings, refuse, type AppliedLayer } from './applied-layer.ts';
import { fuse } from './fuse.ts';
import type { GraphNode } from './inference-graph.ts';
import { lowerLayer } from './lower-layer.ts';
import { lowerBatchNormalization } from './lower-weighted.ts';
import type { TrainableGraph, TrainableNode } from './trainable-graph.ts';
import { walkLayers } from './walk-layers.ts';

/**
 * A Keras network as it is trained: batch norm with its own weights and running statistics, dropout kept, layers without a
 * bias left without; else as `lower` does.
 * @throws ScenelabError MODEL_INVALID naming the layer that has no counterpart here.
 */
export function lowerTrainable(model: tf.LayersModel, outputs?: readonly string[]): TrainableGraph {
  return fuse(walkLayers(model, lowerTrainableLayer, outputs));
}

const Dropout = z.object({ rate: z.number(), noiseShape: z.null().optional() });
const Biased = z.object({ useBias: z.boolean() });

function lowerTrainableLayer(applied: AppliedLayer): TrainableNode[] {
  switch (applied.layer.getClassName()) {
    case 'BatchNormalization':
      return [lowerBatchNormalization(applied)];
    case 'Dropout': {
      const { rate } = settings(applied, Dropout);
      return rate === 0 ? [] : [{ op: 'dropout', ...named(applied), rate }];
    }
    case 'Conv2D':
    case 'DepthwiseConv2D':
    case 'SeparableConv2D':
    case 'Dense':
      return withoutBias(lowerLayer(applied), settings(applied, Biased).useBias);
    case 'SpatialDropout2D':
    case 'GaussianDropout':
    case 'GaussianNoise':
    case 'ActivityRegularization':
      return refuse(applied, 'no counterpart in training');
    default:
      return lowerLayer(applied);
  }
}

/** Of a separable convolution's two nodes only the last has the bias. */
function withoutBias(nodes: readonly GraphNode[], lastHasBias: boolean): TrainableNode[] {
  const weighted = nodes.filter((node) => 'kernel' in node);
  const biased = lastHasBias ? weighted.at(-1) : undefined;
  return nodes.map((node) => ('kernel' in node && node !== biased ? { ...node, unbiased: true } : node));
}
