import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { randomize } from '../engine/backbones/keras-file-fixture.ts';
import { loadBackbone } from '../engine/backbones/index.ts';
import { openFeatureCache } from '../engine/features/index.ts';
import { lower, subgraph, type InferenceGraph } from '../engine/graph/index.ts';
import { buildInceptionV3 } from '../engine/networks/inception-v3.ts';
import { startRuntime } from '../engine/tensorflow/index.ts';
import { openCompiledTail } from '../engine/training/compiled-tail.ts';
import { openEagerTail } from '../engine/training/eager-tail.ts';
import type { TailInput } from '../engine/training/fit-tail.ts';
import { randomFor } from '../engine/training/random.ts';
import { resolveSettings } from '../engine/training/settings.ts';
import { trainEpoch } from '../engine/training/train-epoch.ts';
import type { TrainableTail } from '../engine/training/trainable-tail.ts';
import { writeResults } from './results.ts';

/**
 * Photos per second of fine-tuning, batch 32: Scenelab's compiled and eager steps on cached features, with all that an epoch
 * does (reading, checking, shuffling), beside Keras on the same layers, through the whole network and on the tail alone.
 * All take turns. Ratios are of medians, once by the clock and once by processor time, which other load disturbs less.
 * Aims: 2.2 × (Lite0) and 3.5 × (Inception) Keras through the whole network.
 *
 * `node bench/fine-tune.ts [network …] [--python python3] [--rounds 5] [--write]`; Python needs tensorflow-cpu 2.21 (which
 * brings Keras); where it has none, only Scenelab is measured.
 */
const { values: options, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const [photos, batchSize, classes] = [64, 32, 5];

interface Spent {
  readonly seconds: number;
  readonly processor: number;
}

/** Shows the network `photos` photos. */
type Epoch = () => Promise<Spent>;

const networks = {
  lite0: async () => subgraph((await loadBackbone('efficientnet-lite0')).graph, 'block11', ['embedding']),
  inception: async () => {
    const model = buildInceptionV3();
    randomize(model, 1);
    const graph = lower(model, ['embedding']);
    model.dispose();
    return subgraph(graph, 'mixed8', ['embedding']);
  },
};

/** A training on made features, in a temporary folder. */
function trainingOf(graph: InferenceGraph, folder: string): TailInput {
  const valuesPerRow = graph.nodes[0]?.shape.reduce((product, size) => product * size, 1) ?? 0;
  using cache = openFeatureCache(folder, valuesPerRow);
  const random = randomFor('fine-tune');
  const ids = Array.from({ length: photos }, (_, i) => i.toString(16).padStart(64, '0'));
  const rows = ids.map((id) => cache.append(id, 0, new Float32Array(valuesPerRow).map(random)));
  const settings = resolveSettings({ preset: 'balanced', settings: { batchSize, variants: 1 } });
  return {
    stage: 'fine-tune',
    settings,
    classes,
    cache: { folder, valuesPerRow },
    train: { ids, labels: Int32Array.from(ids, (_, i) => i % classes), rows: Int32Array.from(rows) },
    validation: null,
    head: headOf(graph),
    lastEpoch: null,
    checkpoint: '',
  };
}

function headOf({ nodes }: InferenceGraph) {
  const size = nodes.at(-1)?.shape[0] ?? 0;
  const random = randomFor('head');
  const kernel = Float32Array.from({ length: size * classes }, () => (random() - 0.5) / 20);
  return { kernel, bias: new Float32Array(classes) };
}

function scenelab(tail: TrainableTail, input: TailInput): Epoch {
  let epoch = 0;
  return async () => {
    using cache = openFeatureCache(input.cache.folder, input.cache.valuesPerRow, { readOnly: true });
    const [begun, before] = [performance.now(), process.cpuUsage()];
    for await (const _ of trainEpoch(tail, cache, input, epoch++ % 4, new AbortController().signal));
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - begun) / 1e3, processor: (user + system) / 1e6 };
  };
}

/** A Python process that waits for its turns; null where it can't be had. */
async function keras(network: string, part: string): Promise<{ epoch: Epoch; end: () => void } | null> {
  const script = join(import.meta.dirname, 'fine-tune-keras.py');
  const child = spawn(options.python, [script, network, part], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  if ((await lines.next()).done) return null;
  const epoch = async () => {
    child.stdin.write(`${photos / batchSize}\n`);
    const [seconds = NaN, processor = NaN] = `${(await lines.next()).value}`.split(' ').map(Number);
    return { seconds, processor };
  };
  return { epoch, end: () => child.kill() };
}

async function measure(name: keyof typeof networks): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scenelab-bench-'));
  const graph = await networks[name]();
  const input = trainingOf(graph, folder);
  using compiled = await openCompiledTail(graph, input.head, input.settings);
  using eager = openEagerTail(graph, input.head, input.settings);
  const [whole, tail] = [await keras(name, 'whole'), await keras(name, 'tail')];
  const runners: [string, Epoch | undefined][] = [
    ['compiled', scenelab(compiled, input)],
    ['eager', scenelab(eager, input)],
    ['Keras, whole network', whole?.epoch],
    ['Keras, tail alone', tail?.epoch],
  ];
  const spent = runners.map((): Spent[] => []);
  for (let round = 0; round <= Number(options.rounds); round++)
    for (const [i, [, epoch]] of runners.entries()) {
      const turn = await epoch?.();
      // The first round only warms up.
      if (turn && round > 0) spent[i]?.push(turn);
    }
  whole?.end();
  tail?.end();
  rmSync(folder, { recursive: true });
  return runners.map(([runner], i) => row([name, runner], spent[i] ?? [], spent[0] ?? []));
}

function row(names: string[], mine: readonly Spent[], compiled: readonly Spent[]): string {
  if (mine.length === 0) return `| ${names.join(' | ')} | – | – | – |`;
  const ratio = (of: keyof Spent) => (median(mine, of) / median(compiled, of)).toFixed(2);
  const speed = (photos / median(mine, 'seconds')).toFixed(0);
  return `| ${[...names, speed, ratio('seconds'), ratio('processor')].join(' | ')} |`;
}

function median(turns: readonly Spent[], of: keyof Spent): number {
  return turns.map((turn) => turn[of]).toSorted((a, b) => a - b)[Math.floor(turns.length / 2)] ?? NaN;
}

const { device } = await startRuntime({ kind: 'native' });
const rows: string[] = [];
for (const name of ['lite0', 'inception'] as const)
  if (chosen.length === 0 || chosen.includes(name)) rows.push(...(await measure(name)));
const table = [
  '| network | runner | photos/s | compiled is × by the clock | × by processor time |',
  '| --- | --- | --: | --: | --: |',
  ...rows,
].join('\n');
const load = loadavg()[0]?.toFixed(1);
const machine = `${device} (${cpus()[0]?.model}), Node ${process.version}, load of the machine ${load}`;
const text = `${table}\n\nMedians of ${options.rounds} rounds, each runner in turn, batch ${batchSize}. ${machine}.`;
console.log(text);
if (options.write) writeResults('Fine-tuning', text);
