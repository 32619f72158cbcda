import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { lower, nodeNamed, subgraph } from '../graph/index.ts';
import { openGraph } from '../inference/index.ts';
import { framePhoto, readWorkingCopy } from '../photos/index.ts';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { randomize } from './keras-file-fixture.ts';
import { buildNetwork, loadBackbone, loadBackboneLayers } from './load-backbone.ts';
import { asset, backboneEntry, listBackbones } from './registry.ts';
import { readManifest, readWeights } from './weights.ts';

beforeAll(() => startRuntime());

const embedded = ['efficientnet-lite0', 'efficientnet-lite2'];
/** Photos of the sample project, and what both networks see on them. */
const photos = {
  'monument/cat_arcDeTriomphe.webp': 'triumphal arch',
  'monument/cat_statueOfLiberty.webp': 'pedestal',
  'monument/cat_tajMahal.webp': 'mosque',
  'fish/fish28.webp': 'puffer',
  'tool/hammer3.webp': 'hammer',
  'tool/screwDriver.webp': 'screwdriver',
};

async function pixelsOf(photo: string, size: number): Promise<Uint8Array> {
  const file = fileURLToPath(new URL(`../../assets/sample/${photo}`, import.meta.url));
  return framePhoto((await readWorkingCopy(file)).image, size, 'stretch');
}

/** The network's layers: an embedded one's with its weights, another one's with random ones. */
async function layersOf(id: string): Promise<tf.LayersModel> {
  if (embedded.includes(id)) return loadBackboneLayers(id);
  const model = buildNetwork(id, 1000);
  randomize(model, 1);
  return model;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, i) => Math.abs(value - (b[i] ?? NaN))).reduce((x, y) => Math.max(x, y));
}

describe.each(listBackbones())('$name', ({ id, inputSize, pixelScale, cuts, embeddingSize }) => {
  test('as a compiled graph computes what its layers compute', async () => {
    const model = await layersOf(id);
    const pixels = await pixelsOf('tool/hammer3.webp', inputSize);
    const graph = lower(model, ['embedding', 'probabilities']);
    const open = await openGraph(graph, { pixelScale });
    const answers = await open.run(pixels, 1);
    open.dispose();
    const reference = tf.tidy(() => {
      const values = tf.tensor(Float32Array.from(pixels), [1, inputSize, inputSize, 3]);
      const scaled = values.sub(pixelScale.mean).div(pixelScale.standardDeviation);
      const outputs = ['embedding', 'probabilities'].map((name) => model.getLayer(name).output).flat();
      const computed = tf.model({ inputs: model.inputs, outputs }).predict(scaled);
      return [computed].flat().map((tensor) => tensor.dataSync().slice());
    });
    expect(reference[0]).toHaveLength(embeddingSize);
    // Relative to the largest value: an embedding's are not bounded.
    const largest = reference.map((values) => Math.max(...values));
    const differences = reference.map(
      (values, i) => largestDifference(answers[i] ?? [], values) / (largest[i] ?? 0),
    );
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    model.dispose();
  });

  test('its cuts are places in the graph, of the size they say', () => {
    const model = buildNetwork(id, 1000);
    const graph = lower(model);
    const values = cuts.map(({ name }) => nodeNamed(graph, name).shape.reduce((n, side) => n * side, 1));
    expect(values).toEqual(cuts.map((cut) => cut.values));
    for (const { name, weights, activations } of backboneEntry(id).cuts) {
      const [, ...above] = subgraph(graph, name, ['embedding']).nodes;
      const kernels = above.flatMap((node) => ('kernel' in node ? [node.kernel, node.bias] : []));
      expect(kernels.reduce((sum, { data }) => sum + data.length, 0)).toBe(weights);
      const of = ({ shape }: (typeof above)[number]) => shape.reduce((n, side) => n * side, 1);
      expect(above.reduce((sum, node) => sum + of(node), 0)).toBe(activations);
    }
    model.dispose();
  });
});

describe.each(embedded)('%s', (id) => {
  test('names what is on a photo', async () => {
    const { info, graph, classNames } = await loadBackbone(id);
    const open = await openGraph(graph, { pixelScale: info.pixelScale });
    const answers = [];
    for (const photo of Object.keys(photos)) {
      const [, probabilities = new Float32Array()] = await open.run(await pixelsOf(photo, info.inputSize), 1);
      const best = Math.max(...probabilities);
      answers.push({ photo, className: classNames[probabilities.indexOf(best)], sure: best > 0.5 });
    }
    open.dispose();
    expect(answers).toEqual(
      Object.entries(photos).map(([photo, className]) => ({ photo, className, sure: true })),
    );
  });

  test('leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    await loadBackbone(id);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('one changed bit in its weights is noticed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scenelab-'));
    await cp(asset(id), folder, { recursive: true });
    const file = join(folder, 'weights.bin');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(4_000_000) ^ 1, 4_000_000);
    await writeFile(file, bytes);
    const manifest = readManifest(folder);
    if (!manifest) throw new Error('no manifest');
    await expect(readWeights(folder, manifest)).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    await rm(folder, { recursive: true });
  });
});

test('every class of ImageNet has a name of its own', async () => {
  const { classNames } = await loadBackbone('efficientnet-lite0');
  expect(new Set(classNames.map((name) => name.toLowerCase())).size).toBe(1000);
});

test('a backbone that nobody knows is refused with the names of those there are', async () => {
  await expect(loadBackbone('resnet-50')).rejects.toMatchObject({
    code: 'BACKBONE_UNKNOWN',
    data: { expected: 'one of efficientnet-lite0, efficientnet-lite2, inception-v3' },
  });
});
