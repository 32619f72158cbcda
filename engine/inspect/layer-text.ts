import type { LayerSpec, Pair } from './layer.ts';

/** A layer as `parseLayers` reads it, "conv 100 3x3/2 same relu"; one that no text stands for by its kind. */
export function layerText(spec: LayerSpec): string {
  switch (spec.kind) {
    case 'conv':
      return words('conv', spec.filters, windowText(spec), spec.padding, unbiased(spec), spec.activation);
    case 'depthwise-conv':
      return words('depthwise', windowText(spec), spec.padding, unbiased(spec), spec.activation);
    case 'max-pool':
      return words('pool max', windowText(spec), spec.padding);
    case 'average-pool':
      return words('pool average', windowText(spec), spec.padding);
    case 'global-pool':
      return 'pool global';
    case 'dense':
      return words('dense', spec.units, unbiased(spec), spec.activation);
    case 'batch-norm':
      return spec.gain ? 'norm' : 'norm nogain';
    case 'local-response-norm':
      return 'lrn';
    case 'dropout':
      return words('dropout', spec.rate);
    case 'activation':
      return spec.activation;
    default:
      return spec.kind;
  }
}

function words(...parts: readonly (string | number | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' ');
}

const unbiased = ({ bias }: { readonly bias: boolean }) => (bias ? '' : 'nobias');

function windowText({ size, stride }: { readonly size: Pair; readonly stride: Pair }): string {
  const steps = stride[0] === stride[1] ? `${stride[0]}` : stride.join('x');
  return `${size.join('x')}/${steps}`;
}
