import { valuesOf } from './layer.ts';
import type { MeasuredLayer } from './measure-layers.ts';

/** Values of one image that training holds. */
export interface KeptActivations {
  /** What the backward pass must find: the outputs of all layers, or of those that are not computed again. */
  readonly kept: number;
  /** The same with the gradients of activations, at the widest place of the backward pass. */
  readonly peak: number;
}

/** What a layer gives, and who reads it, by places in the list. */
interface Output {
  readonly size: number;
  readonly inputs: readonly number[];
  readonly lastReader: number;
}

/** Sizes of segment that are tried for recomputing. */
const tries = 32;

/**
 * What the layers give and training keeps, from shapes alone. With `recompute` only what crosses from one segment of layers to
 * the next is kept, and a segment is computed again when the backward pass gets there (Chen et al. 2016, arXiv:1604.06174), with
 * the segments that keep least. Flattened values are those that were flattened.
 */
export function keptActivations(layers: readonly MeasuredLayer[], recompute: boolean): KeptActivations {
  const outputs = outputsOf(layers);
  const largest = Math.max(1, ...outputs.map(({ size }) => size));
  const whole = keptInSegments(outputs, [0]);
  const tried = Array.from({ length: recompute ? tries : 0 }, (_, i) => {
    const starts = segmentsUpTo(outputs, largest * (whole.kept / largest) ** (i / tries));
    return keptInSegments(outputs, starts);
  });
  const best = tried.reduce((least, each) => (each.kept < least.kept ? each : least), whole);
  return { kept: best.kept, peak: peakOf(outputs, best) };
}

function outputsOf(layers: readonly MeasuredLayer[]): Output[] {
  const places = new Map(layers.map(({ name }, i) => [name, i]));
  const inputs = layers.map((layer) => layer.inputs.flatMap((name) => places.get(name) ?? []));
  const lastReader = new Map(inputs.flatMap((read, i) => read.map((place) => [place, i] as const)));
  return layers.map(({ spec, shape }, i) => ({
    size: spec.kind === 'flatten' ? 0 : valuesOf(shape),
    inputs: inputs[i] ?? [],
    lastReader: lastReader.get(i) ?? i,
  }));
}

/** Where segments begin that give at most `limit` values each, or are one layer. */
function segmentsUpTo(outputs: readonly Output[], limit: number): number[] {
  const starts: number[] = [0];
  let values = 0;
  for (const [i, { size }] of outputs.entries()) {
    if (values > 0 && values + size > limit) {
      starts.push(i);
      values = 0;
    }
    values += size;
  }
  return starts;
}

interface Segments {
  readonly kept: number;
  /** Where each begins, and the values held when the backward pass gets to its end. */
  readonly segments: readonly { readonly start: number; readonly end: number; readonly held: number }[];
}

function keptInSegments(outputs: readonly Output[], starts: readonly number[]): Segments {
  const crossing = crossingSizes(outputs, starts);
  let before = 0;
  const segments = starts.map((start, s) => {
    const end = starts[s + 1] ?? outputs.length;
    let [own, crosses] = [0, 0];
    for (let i = start; i < end; i++) {
      own += outputs[i]?.size ?? 0;
      crosses += crossing[i] ?? 0;
    }
    const held = before + own;
    before += crosses;
    return { start, end, held };
  });
  return { kept: Math.max(0, ...segments.map(({ held }) => held)), segments };
}

/** The most values while the backward pass goes from layer to layer: what is held, and the gradients of what is read and given. */
function peakOf(outputs: readonly Output[], { segments }: Segments): number {
  const gradients = new Set<number>();
  let [peak, alive] = [0, 0];
  for (const { start, end, held } of segments.toReversed()) {
    let left = held;
    for (let i = end - 1; i >= start; i--) {
      const output = outputs[i];
      for (const place of [i, ...(output?.inputs ?? [])])
        if (!gradients.has(place)) {
          gradients.add(place);
          alive += outputs[place]?.size ?? 0;
        }
      peak = Math.max(peak, left + alive);
      alive -= output?.size ?? 0;
      left -= output?.size ?? 0;
    }
  }
  return peak;
}

/** Of each output its size if a later segment reads it, else zero. */
function crossingSizes(outputs: readonly Output[], starts: readonly number[]): number[] {
  const segment = new Array<number>(outputs.length).fill(0);
  for (const [s, start] of starts.entries()) segment.fill(s, start);
  return outputs.map(({ size, lastReader }, i) => (segment[i] === segment[lastReader] ? 0 : size));
}
