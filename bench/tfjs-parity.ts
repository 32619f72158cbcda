/**
 * Is the exported model the model? Exports it as TF.js, loads that in plain `@tensorflow/tfjs` (its JavaScript backend,
 * no native binding) over HTTP as a web page would, and compares 50 photos with what the app says.
 *
 *   node bench/tfjs-parity.ts <model folder or project> <folder of photos>
 */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { exportModel } from '../engine/exports/export-model.ts';
import { findModel } from '../engine/models/find-model.ts';
import { listPhotos, openClassifier, preparePhotos } from '../engine/prediction/index.ts';
import { startCompute } from '../engine/start-compute.ts';

const most = 50;
const allowed = 1e-4;
const [model, folder] = process.argv.slice(2);
if (model === undefined || folder === undefined) {
  console.error('usage: node bench/tfjs-parity.ts <model folder or project> <folder of photos>');
  process.exit(2);
}
const signal = new AbortController().signal;
const compute = startCompute();
const out = await mkdtemp(join(tmpdir(), 'scenelab-parity-'));
const server = await serve(out);
try {
  for await (const event of exportModel(compute, { model, formats: ['tfjs'], out }, signal))
    if (event.kind === 'notice') console.log(event.message);
  await using classifier = await openClassifier(compute, findModel(model));
  const photos: Uint8Array[] = [];
  for await (const photo of preparePhotos(await listPhotos([folder], signal), { ...classifier, ahead: 8 })) {
    if (photo.kind === 'prepared') photos.push(photo.pixels);
    if (photos.length === most) break;
  }
  const app = await classifier.classify(photos, signal);
  report(app, await predictPlain(photos, classifier.inputSize));
} finally {
  server.close();
  await compute.close();
  await rm(out, { recursive: true });
}

/** What a web page gets: pixels by the convention of Teachable Machine into the layers model. */
async function predictPlain(photos: Uint8Array[], size: number): Promise<Float32Array[]> {
  await tf.setBackend('cpu');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const network = await tf.loadLayersModel(`http://127.0.0.1:${port}/model.json`);
  return photos.map((photo) =>
    tf.tidy(() => {
      const answer = network.predict(tf.tensor(photo, [1, size, size, 3], 'float32').div(127).sub(1));
      if (Array.isArray(answer)) throw new Error('More than one answer.');
      return answer.dataSync<'float32'>();
    }),
  );
}

function report(app: Float32Array[], plain: Float32Array[]): void {
  const differences = app.map((answer, i) =>
    Math.max(...answer.map((p, c) => Math.abs(p - (plain[i]?.[c] ?? NaN)))),
  );
  const best = (answer: Float32Array | undefined) => answer?.indexOf(Math.max(...answer));
  const same = app.filter((answer, i) => best(answer) === best(plain[i])).length;
  const largest = Math.max(...differences);
  console.log(
    `plain @tensorflow/tfjs ${tf.version.tfjs}, backend ${tf.getBackend()}: ${app.length} photos, same answer ${same}, ` +
      `largest difference ${largest.toExponential(2)} (allowed ${allowed})`,
  );
  if (!(largest <= allowed)) process.exitCode = 1;
}

async function serve(root: string): Promise<Server> {
  const server = createServer((request, response) => {
    readFile(join(root, basename(request.url ?? ''))).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
