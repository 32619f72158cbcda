import { trainNetwork } from '../../engine/gradient-descent/train-network.ts';
import { buildLabNetwork } from '../../engine/lab/build-lab-network.ts';
import { readMnist } from '../../engine/lab/read-mnist.ts';
import { settingsFor } from '../../engine/lab/recipes.ts';
import { splitMnist } from '../../engine/lab/split-mnist.ts';
import { imagesAt } from '../../engine/lab/vary-images.ts';
import { findNetwork } from '../../engine/networks/registry.ts';
import { startRuntime } from '../../engine/tensorflow/index.ts';
import { serveTurns } from '../turns/serve-turns.ts';

/** Epochs on MNIST with Adam, a turn each: `digits.ts <network>`. All but the tenth that is kept back is learned from. */
const [id = ''] = process.argv.slice(2);
const turnsAtMost = 1000;
await startRuntime({ kind: 'native' });
const settings = settingsFor(id, 'mnist', { epochs: turnsAtMost, schedule: 'constant', learningRate: 1e-3 });
const { train } = splitMnist(await readMnist(), settings);
const { pixelScale } = findNetwork(id);
const size = { network: id, input: train.shape, width: 1, classes: train.classNames.length };
const run = trainNetwork(
  {
    network: buildLabNetwork(size),
    pixelScale,
    classes: size.classes,
    settings: { ...settings, momentum: 0.9 },
    train: { labels: train.labels, pixels: (places) => imagesAt(train, places) },
    validation: null,
  },
  new AbortController().signal,
);
await serveTurns(async () => {
  for (;;) {
    const { done, value } = await run.next();
    if (done || value.kind === 'epoch') return;
  }
});
