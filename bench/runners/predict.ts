import { readFile } from 'node:fs/promises';
import { loadBackboneLayers } from '../../engine/backbones/load-backbone.ts';
import { backboneEntry } from '../../engine/backbones/registry.ts';
import { findModel } from '../../engine/models/find-model.ts';
import { classifyPhotos, listPhotos, openClassifier } from '../../engine/prediction/index.ts';
import { startCompute } from '../../engine/start-compute.ts';
import { startRuntime, tf } from '../../engine/tensorflow/index.ts';
import { serveTurns } from '../turns/serve-turns.ts';

/** JPEGs to classes of ImageNet by Lite0: `predict.ts <scenelab|tfjs>`. A line is a folder. */
const id = 'efficientnet-lite0';
const { inputSize: size, pixelScale } = backboneEntry(id);
const { signal } = new AbortController();

async function scenelab(): Promise<void> {
  const compute = startCompute();
  const classifier = await openClassifier(compute, findModel(id));
  await serveTurns(async (folder) => {
    for await (const photo of classifyPhotos(classifier, await listPhotos([folder], signal), signal))
      if (photo.kind === 'skipped') throw new Error(photo.skipped.reason);
  });
  await compute.close();
}

/** As TensorFlow.js's guides do it: tfjs-node decodes and resizes, 32 photos make a batch for `predict`. */
async function tfjs(): Promise<void> {
  await startRuntime({ kind: 'native' });
  const { node } = await import('@tensorflow/tfjs-node');
  const model = await loadBackboneLayers(id);
  const pixels = (jpeg: Uint8Array) => tf.image.resizeBilinear(node.decodeJpeg(jpeg, 3), [size, size]);
  await serveTurns(async (folder) => {
    const photos = await listPhotos([folder], signal);
    for (let at = 0; at < photos.length; at += 32) {
      const jpegs = await Promise.all(photos.slice(at, at + 32).map(({ path }) => readFile(path)));
      const answers = tf.tidy(() => {
        const values = tf.stack(jpegs.map(pixels));
        return [model.predict(values.sub(pixelScale.mean).div(pixelScale.standardDeviation))].flat();
      });
      await answers[0]?.data();
      tf.dispose(answers);
    }
  });
}

await (process.argv[2] === 'tfjs' ? tfjs() : scenelab());
