import { image, type Layer, type LayerSpec, type Layers, type Padding } from './layer.ts';
import { LayerWords } from './layer-words.ts';

type Reader = (words: LayerWords) => LayerSpec;

const activations = ['relu', 'relu6', 'tanh', 'sigmoid', 'softmax'];

/** Each kind of layer by its first word. What is left out has Keras's default. */
const readers = new Map<string, Reader>([
  ['conv', (words) => ({ kind: 'conv', filters: words.count('a number of filters'), ...convolved(words) })],
  ['depthwise', (words) => ({ kind: 'depthwise-conv', multiplier: 1, ...convolved(words) })],
  ['pool', pool],
  ['dense', (words) => ({ kind: 'dense', units: words.count('a number of units'), ...activated(words) })],
  ['norm', (words) => ({ kind: 'batch-norm', gain: words.optional(['nogain']) === undefined, offset: true })],
  ['lrn', () => ({ kind: 'local-response-norm' })],
  ['dropout', (words) => ({ kind: 'dropout', rate: words.take('a share below 1, such as 0.5', share) })],
  ['flatten', () => ({ kind: 'flatten' })],
  ...activations.map((activation): [string, Reader] => [
    activation,
    () => ({ kind: 'activation', activation }),
  ]),
]);

/**
 * The layers that a line of text lists, one after the other:
 *
 *     conv 100 3x3/2 same relu, pool max 2x2/2, lrn, dropout 0.5, flatten, dense 10 softmax
 *
 * `conv <filters> <window>[/<stride>] [same|valid] [nobias] [activation]`, `depthwise <window>[/<stride>] …`,
 * `pool max|average <window>[/<stride>] [same|valid]`, `pool global`, `dense <units> [nobias] [activation]`, `norm [nogain]`
 * (batch norm), `lrn`, `dropout <rate>`, `flatten`, and activations by name. Strides are 1 if not given, of pooling its
 * window; padding is valid. Layers are named `conv1`, `conv2`, `pool1`, …; a dense layer on images flattens them first.
 * @throws ScenelabError USAGE that tells which word of which layer was met, at which character, and what was expected.
 */
export function parseLayers(text: string): Layers {
  const layers: Layer[] = [];
  const counts = new Map<string, number>();
  let start = 0;
  for (const [i, part] of text.split(',').entries()) {
    const words = new LayerWords(part, i + 1, start);
    const [kind, read] = words.take(`one of ${[...readers.keys()].join(', ')}`, readerOf);
    const spec = read(words);
    words.end();
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    layers.push({ name: `${kind}${count}`, inputs: [layers.at(-1)?.name ?? image], spec });
    start += part.length + 1;
  }
  return layers;
}

function readerOf(kind: string) {
  const read = readers.get(kind);
  return read && ([kind, read] as const);
}

function convolved(words: LayerWords) {
  const { size, stride } = words.window();
  return { size, stride: stride ?? ([1, 1] as const), padding: padding(words), ...activated(words) };
}

function activated(words: LayerWords) {
  const bias = words.optional(['nobias']) === undefined;
  return { bias, activation: words.optional(activations) ?? null };
}

function pool(words: LayerWords): LayerSpec {
  const kind = words.take('max, average or global', (word) => poolings.get(word));
  if (kind === 'global-pool') return { kind };
  const { size, stride } = words.window();
  return { kind, size, stride: stride ?? size, padding: padding(words) };
}

const poolings = new Map<string, 'max-pool' | 'average-pool' | 'global-pool'>([
  ['max', 'max-pool'],
  ['average', 'average-pool'],
  ['global', 'global-pool'],
]);

function padding(words: LayerWords): Padding {
  return words.optional(['same', 'valid']) ?? 'valid';
}

function share(word: string): number | undefined {
  const value = Number(word);
  return /^[\d.]+$/.test(word) && value >= 0 && value < 1 ? value : undefined;
}
