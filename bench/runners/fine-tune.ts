import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomize } from '../../engine/backbones/keras-file-fixture.ts';
import { buildNetwork } from '../../engine/backbones/load-backbone.ts';
import { openFeatureCache } from '../../engine/features/index.ts';
import { openCompiledTail } from '../../engine/gradient-descent/compiled-tail.ts';
import { openEagerTail } from '../../engine/gradient-descent/eager-tail.ts';
import type { TailInput } from '../../engine/gradient-descent/tail-input.ts';
import { trainEpoch } from '../../engine/gradient-descent/train-epoch.ts';
import { lower, subgraph, type InferenceGraph } from '../../engine/graph/index.ts';
import { randomFor } from '../../engine/random.ts';
import { startRuntime, tf } from '../../engine/tensorflow/index.ts';
import { resolveSettings } from '../../engine/training/settings.ts';
import { serveTurns } from '../turns/serve-turns.ts';

/**
 * Fine-tuning above a cut: `fine-tune.ts <compiled|eager|tfjs> <backbone> <cut>`. A turn is two steps of 32 photos with all
 * that an epoch does (reading, checking, shuffling); `tfjs` is TensorFlow.js's `fit` on the whole network, frozen up to the cut.
 */
const [runner = '', id = '', cut = ''] = process.argv.slice(2);
const [photos, batchSize, classes] = [64, 32, 5];

/** A training on made features, in a folder. */
function trainingOf(graph: InferenceGraph, folder: string): TailInput {
  const valuesPerRow = graph.nodes[0]?.shape.reduce((product, size) => product * size, 1) ?? 0;
  using cache = openFeatureCache(folder, valuesPerRow);
  const random = randomFor('fine-tune');
  const ids = Array.from({ length: photos }, (_, i) => i.toString(16).padStart(64, '0'));
  const rows = ids.map((id) => cache.append(id, 0, new Float32Array(valuesPerRow).map(random)));
  const settings = resolveSettings({ preset: 'balanced', settings: { batchSize, variants: 1 } });
  const input = {
    stage: 'fine-tune' as const,
    settings,
    classes,
    cache: { folder, valuesPerRow },
    train: { ids, labels: Int32Array.from(ids, (_, i) => i % classes), rows: Int32Array.from(rows) },
    validation: null,
    head: headOf(graph),
    lastEpoch: null,
    checkpoint: '',
  };
  return input;
}

function headOf({ nodes }: InferenceGraph) {
  const size = nodes.at(-1)?.shape[0] ?? 0;
  const random = randomFor('head');
  const kernel = Float32Array.from({ length: size * classes }, () => (random() - 0.5) / 20);
  return { kernel, bias: new Float32Array(classes) };
}

/** Scenelab's own steps. */
async function scenelab(model: tf.LayersModel): Promise<void> {
  const graph = subgraph(lower(model, ['embedding']), cut, ['embedding']);
  model.dispose();
  const folder = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
  const input = trainingOf(graph, folder);
  const open = runner === 'eager' ? openEagerTail : openCompiledTail;
  using tail = await open(graph, input.head, input.settings);
  let epoch = 0;
  await serveTurns(async () => {
    using cache = openFeatureCache(folder, input.cache.valuesPerRow, { readOnly: true });
    for await (const _ of trainEpoch(tail, cache, input, epoch++ % 4, new AbortController().signal));
  });
  rmSync(folder, { recursive: true });
}

async function tfjs(model: tf.LayersModel): Promise<void> {
  const last = model.layers.findIndex(({ name }) => name === cut);
  for (const layer of model.layers.slice(0, last + 1)) layer.trainable = false;
  const dropped = tf.layers.dropout({ rate: 0.2 }).apply(model.getLayer('embedding').output);
  const outputs = tf.layers.dense({ units: classes, activation: 'softmax' }).apply(dropped);
  // Applied to symbolic tensors, a layer gives symbolic tensors.
  const network = tf.model({ inputs: model.inputs, outputs: outputs as tf.SymbolicTensor });
  network.compile({ optimizer: tf.train.adam(1e-4), loss: 'categoricalCrossentropy' });
  const x = tf.randomUniform([photos, ...(model.inputs[0]?.shape.slice(1) ?? [])].map(Number), -1, 1);
  const y = tf.oneHot(
    Array.from({ length: photos }, (_, i) => i % classes),
    classes,
  );
  await serveTurns(() => network.fit(x, y, { epochs: 1, batchSize, verbose: 0 }));
}

await startRuntime({ kind: 'native' });
const model = buildNetwork(id, 1000);
randomize(model, 1);
await (runner === 'tfjs' ? tfjs(model) : scenelab(model));
