import type { Dtype, ImageShape, Inspection, Remedy } from '../../contract/index.ts';
import { estimateMemory } from './estimate-memory.ts';
import { isChain, valuesOf, type Layers } from './layer.ts';
import { layerText } from './layer-text.ts';
import { remedyEffects, withRemedies } from './remedies.ts';

/** A network's layers and how it is to be trained. */
export interface LayersQuestion {
  readonly name: string;
  readonly layers: Layers;
  readonly input: ImageShape;
  readonly batch: number;
  readonly dtype: Dtype;
  readonly remedies: readonly Remedy[];
}

/**
 * What a network costs, layer by layer and in all, from arithmetic alone.
 * @throws ScenelabError USAGE where a layer can't read what the one before it gives, or can't have a remedy that is on.
 */
export function inspectLayers(question: LayersQuestion): Inspection {
  const { name, input, batch, remedies } = question;
  const training = withRemedies(question, remedies);
  const { layers, dtype } = training;
  const bytes = dtype === 'float16' ? 2 : 4;
  const total = (figure: 'parameters' | 'trainable' | 'multiplyAdds') =>
    layers.reduce((sum, layer) => sum + layer[figure], 0);
  return {
    name,
    input,
    inputBytes: bytes * valuesOf(input),
    batch,
    batchOnDevice: training.batch,
    dtype,
    parameters: total('parameters'),
    trainableParameters: total('trainable'),
    multiplyAdds: total('multiplyAdds'),
    layers: layers.map(({ name, spec, inputs, shape, parameters, multiplyAdds }) => ({
      name,
      kind: spec.kind,
      text: layerText(spec),
      inputs: [...inputs],
      outputShape: [...shape],
      parameters,
      multiplyAdds,
      outputBytes: bytes * valuesOf(shape),
    })),
    // No text stands for padding.
    layersText:
      isChain(layers) && layers.every(({ spec }) => spec.kind !== 'pad')
        ? layers.map(({ spec }) => layerText(spec)).join(', ')
        : null,
    memory: estimateMemory(training),
    remedies: remedyEffects(question, remedies),
  };
}
