import { Remedy, ScenelabError, type Dtype, type RemedyEffect } from '../../contract/index.ts';
import { estimateMemory } from './estimate-memory.ts';
import { isChain, type Layer, type Layers, type Shape } from './layer.ts';
import { measureLayers, type MeasuredLayer } from './measure-layers.ts';

/** A training of a network on one device. */
export interface TrainingQuestion {
  readonly layers: Layers;
  readonly input: Shape;
  readonly batch: number;
  readonly dtype: Dtype;
}

/** The same with remedies applied. */
export interface Remedied extends TrainingQuestion {
  readonly layers: readonly MeasuredLayer[];
  readonly recompute: boolean;
}

/**
 * A training with these remedies on: half the batch; the stride of the first window doubled; the last
 * convolution left out; float16; activations computed again; the batch shared by two devices, of which this is one.
 * @throws ScenelabError USAGE where the network can't have one of them.
 */
export function withRemedies(question: TrainingQuestion, remedies: readonly Remedy[]): Remedied {
  const has = (remedy: Remedy) => remedies.includes(remedy);
  let { layers, batch } = question;
  if (has('fewer-layers')) layers = withoutLastConvolution(layers);
  if (has('larger-stride')) layers = withLargerStride(layers);
  if (has('smaller-batch')) batch = Math.ceil(batch / 2);
  if (has('second-device')) batch = Math.ceil(batch / 2);
  return {
    layers: measureLayers(layers, question.input),
    input: question.input,
    batch,
    dtype: has('float16') ? 'float16' : question.dtype,
    recompute: has('recompute'),
  };
}

/** What each remedy would change, or changes, with the others as they are. */
export function remedyEffects(question: TrainingQuestion, on: readonly Remedy[]): RemedyEffect[] {
  return Remedy.options.map((remedy) => {
    const others = on.filter((each) => each !== remedy);
    const isOn = on.includes(remedy);
    try {
      const without = costOf(withRemedies(question, others));
      const obstacle = needlessBecause(remedy, question);
      if (obstacle !== null) return { remedy, on: isOn, savesBytes: 0, work: 1, obstacle };
      const saved = costOf(withRemedies(question, [...others, remedy]));
      const savesBytes = without.bytes - saved.bytes;
      return { remedy, on: isOn, savesBytes, work: saved.work / without.work, obstacle: null };
    } catch (error) {
      if (!(error instanceof ScenelabError)) throw error;
      return { remedy, on: isOn, savesBytes: 0, work: 1, obstacle: error.data.met };
    }
  });
}

/** Forward once, backward twice as much; computing activations again is another forward pass. */
function costOf(remedied: Remedied): { bytes: number; work: number } {
  const multiplyAdds = remedied.layers.reduce((sum, layer) => sum + layer.multiplyAdds, 0);
  const passes = remedied.recompute ? 4 : 3;
  return { bytes: estimateMemory(remedied).trainingBytes, work: passes * multiplyAdds };
}

function needlessBecause(remedy: Remedy, { batch, dtype }: TrainingQuestion): string | null {
  if (remedy === 'float16' && dtype === 'float16') return 'It is trained in float16 already';
  if ((remedy === 'smaller-batch' || remedy === 'second-device') && batch === 1)
    return 'The batch is one image';
  return null;
}

function withLargerStride(layers: Layers): Layers {
  const place = layers.findIndex(({ spec }) => 'stride' in spec);
  const layer = layers[place];
  if (!layer || !('stride' in layer.spec)) throw refuse('No layer moves a window');
  const [height, width] = layer.spec.stride;
  return layers.with(place, { ...layer, spec: { ...layer.spec, stride: [2 * height, 2 * width] } });
}

function withoutLastConvolution(layers: Layers): Layers {
  if (!isChain(layers)) throw refuse('Its layers branch; a smaller network of its family has fewer');
  const place = layers.findLastIndex(({ spec }) => spec.kind === 'conv');
  const left = layers[place];
  if (!left || layers.filter(({ spec }) => spec.kind === 'conv').length < 2)
    throw refuse('It has no convolution to spare');
  const reconnect = (layer: Layer): Layer =>
    layer.inputs.includes(left.name) ? { ...layer, inputs: left.inputs } : layer;
  return layers.toSpliced(place, 1).map(reconnect);
}

function refuse(met: string): ScenelabError {
  return new ScenelabError('USAGE', met, '', 'Choose another remedy');
}
