import type { Remedy } from '../../../../contract/index.ts';
import { bytes, count, plural, precisely } from '../format.ts';

const remedies: Record<Remedy, { title: string; costs: string }> = {
  'smaller-batch': { title: 'Half the batch', costs: 'Twice as many steps, each with a noisier gradient.' },
  'larger-stride': {
    title: 'A larger first stride',
    costs: 'Maps of a quarter of the size: small things in a photo are lost.',
  },
  'fewer-layers': { title: 'Without the last convolution', costs: 'Less can be told apart.' },
  float16: {
    title: 'Float16',
    costs: 'Mixed precision: the loss must be scaled, and the optimizer still keeps float32.',
  },
  recompute: {
    title: 'Compute activations again',
    costs: 'Only some layers are kept; the backward pass computes the rest once more.',
  },
  'second-device': {
    title: 'A second device',
    costs: 'Each takes half the batch; gradients are exchanged after every step.',
  },
};

/** What a network costs, before anything is trained. */
export const labLayers = {
  tab: 'Layers',
  lead: 'What a network is made of and what it costs, before anything is trained.',
  network: 'Network',
  own: 'Layers of your own',
  layers: 'Layers, separated by commas',
  layersHelp:
    'conv 32 3x3/2 same relu: a convolution with 32 maps, kernels of 3 × 3, stride 2, padding SAME, then ReLU. Also depthwise 3x3 · pool max 2x2 · pool global · dense 10 softmax · norm · lrn · dropout 0.5 · flatten',
  edit: 'Change its layers',
  input: 'Image',
  height: 'Height',
  width: 'Width',
  channels: 'Channels',
  batch: 'Batch',
  dtype: 'Numbers',
  exercise: 'Show the exercise',
  adding: 'Adding up…',
  stale: 'Below is the last network that could be added up.',
  drawing: {
    title: 'From left to right',
    detail: 'The higher a box, the larger the maps; the wider, the more channels.',
    of: (layers: number, depth: number) => `${plural(layers, 'layer')}, ${depth} of them one after the other`,
    groups: {
      image: 'Image',
      convolution: 'Convolution',
      depthwise: 'Depthwise convolution',
      pooling: 'Pooling',
      dense: 'Dense',
      join: 'Add or join',
      other: 'Other',
    },
  },
  totals: {
    title: 'In all',
    parameters: 'Parameters',
    parametersDetail: (n: string) => `${n} of memory`,
    learned: (n: number) => `${count(n)} are learned, the rest are statistics of batch norm`,
    work: 'One image',
    workDetail: 'multiply-adds',
    prediction: 'One prediction',
    predictionDetail: 'the parameters, and the largest maps that must be there together',
    training: (batch: number) => `Training on ${plural(batch, 'image')}`,
    onDevice: (n: number) => `${plural(n, 'image')} at once on each device`,
    parts: {
      activationsBytes: 'what every layer gives',
      inputsBytes: 'the images',
      parametersBytes: 'parameters',
      gradientsBytes: 'their gradients',
      optimizerBytes: 'optimizer (Adam)',
    },
    peak: (n: number) =>
      `${bytes(n)} at the widest, when the backward pass also holds gradients of what the layers give.`,
    device: 'A device with',
    gigabytes: (n: number) => `${n} GB`,
    fits: (left: number) => `It fits, with ${bytes(left)} to spare.`,
    tooMuch: (over: number) => `It does not fit: ${bytes(over)} too much.`,
  },
  remedies: {
    title: 'If memory runs out',
    each: remedies,
    saves: (n: number) => (n < 0 ? `takes ${bytes(-n)} more` : `saves ${bytes(n)}`),
    work: (factor: number) => `${factor > 1 ? '+' : '−'}${precisely(Math.abs(factor - 1), 0)} work`,
  },
  table: {
    title: 'Layer by layer',
    layer: 'Layer',
    output: 'Output',
    parameters: 'Parameters',
    multiplyAdds: 'Multiply-adds',
    outputBytes: 'Bytes of an image',
    image: 'image',
  },
  mistakes: {
    title: 'Where the usual answer goes wrong',
    lead: 'Three answers are handed in for this exercise again and again.',
    what: 'Asked',
    usual: 'Handed in',
    right: 'Right',
    why: 'What went wrong',
    rows: [
      {
        what: 'Parameters',
        usual: '32,670,000',
        why: 'Each layer’s kernels are counted once more: 3·3·3·100 = 2,700 weights of the first layer are multiplied by its 100 kernels again, and the layers above likewise (with a zero lost: 180,000 × 20 and 720,000 × 40). A kernel spans all channels below it, and there is one for each map: 3·3·3·100 + 100 biases = 2,800, and that is all.',
      },
      {
        what: 'Memory of one prediction',
        usual: '123 MB',
        why: 'Those parameters in four bytes each (exactly they are 131 MB, or 125 in units of 1,024 × 1,024), and nothing else. But a prediction also needs maps: a layer’s input and output at the same time, here the 6 MB and 3 MB of the first two layers, beside 3.6 MB of parameters.',
      },
      {
        what: 'Memory of training on 50',
        usual: '6.15 GB',
        why: '50 × 123 MB: the parameters multiplied by the batch. All images share the same parameters. What is there 50 times are the maps, all of them, because the backward pass needs them, and the images.',
      },
    ],
  },
};
