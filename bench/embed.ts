import { cpus, loadavg } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { loadBackbone } from '../engine/backbones/index.ts';
import { loadBackboneLayers } from '../engine/backbones/load-backbone.ts';
import { subgraph, toOnnx } from '../engine/graph/index.ts';
import { openGraph, startRuntime, tf } from '../engine/tensorflow/index.ts';
import { writeResults } from './results.ts';

/**
 * Photos per second from pixels to embedding: Scenelab's frozen graph beside ONNX Runtime and TensorFlow.js's own
 * `predict`, in turns within one process, each on all cores. A ratio is the median over the rounds, so that what else the
 * machine does hits all three. Aim: at least 0.9 × ONNX Runtime at batch 32.
 *
 * `node bench/embed.ts [rounds] [backbone …]`
 */
const [rounds = '8', ...ids] = process.argv.slice(2);
const batches = [1, 8, 32];

/** Turns `n` photos of uint8 pixels into something that has all of their embeddings. */
type Embed = (pixels: Uint8Array, n: number) => Promise<unknown>;

async function embeddersOf(id: string): Promise<Embed[]> {
  const { graph, info } = await loadBackbone(id);
  const { inputSize: size, pixelScale } = info;
  const embedding = subgraph(graph, null, ['embedding']);
  const scenelab = await openGraph(embedding, { pixelScale });
  const session = await InferenceSession.create(toOnnx(embedding, { pixelScale }));
  const onnx: Embed = (pixels, n) => session.run({ image: new Tensor('uint8', pixels, [n, size, size, 3]) });
  const layers = await loadBackboneLayers(id);
  const predict = tf.model({ inputs: layers.inputs, outputs: layers.getLayer('embedding').output });
  const tfjs: Embed = async (pixels, n) => {
    const answer = tf.tidy(() => {
      const values = tf.tensor(pixels, [n, size, size, 3], 'int32');
      return [predict.predict(values.sub(pixelScale.mean).div(pixelScale.standardDeviation))].flat();
    });
    await answer[0]?.data();
    tf.dispose(answer);
  };
  return [scenelab.run, onnx, tfjs];
}

/** A row of the table per batch size. */
async function compare(id: string): Promise<string[]> {
  const rows: string[] = [];
  const embedders = await embeddersOf(id);
  const { inputSize } = (await loadBackbone(id)).info;
  for (const n of batches) {
    const pixels = Uint8Array.from({ length: n * inputSize ** 2 * 3 }, () => Math.random() * 256);
    for (const embed of embedders) await embed(pixels, n);
    const times = embedders.map((): number[] => []);
    for (let round = 0; round < Math.max(Number(rounds), 32 / n); round++)
      for (const [i, embed] of embedders.entries())
        times[i]?.push(await milliseconds(() => embed(pixels, n)));
    const [own = [], ...peers] = times;
    const ratios = peers.map((peer) => median(peer.map((time, i) => time / (own[i] ?? NaN))).toFixed(2));
    rows.push(`| ${id} | ${n} | ${((1000 * n) / median(own)).toFixed(0)} | ${ratios.join(' | ')} |`);
  }
  return rows;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const { device } = await startRuntime({ kind: 'native' });
const table = [
  '| backbone | batch | photos/s | × ONNX Runtime | × tfjs predict |',
  '| --- | --: | --: | --: | --: |',
];
for (const id of ids.length > 0 ? ids : ['efficientnet-lite0', 'efficientnet-lite2'])
  table.push(...(await compare(id)));
const load = loadavg()[0]?.toFixed(1);
const machine = `${device} (${cpus()[0]?.model}), Node ${process.version}, load of the machine ${load}`;
const text = `${table.join('\n')}\n\nMedians of ${rounds} rounds, each runner in turn. ${machine}.`;
console.log(text);
writeResults('Embedding', text);
