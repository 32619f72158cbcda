/**
 * Is the exported model the model? Runs exports where other people run them, and compares 50 photos with what the app says: as
 * TF.js in plain `@tensorflow/tfjs` (its JavaScript backend, no native binding) over HTTP as a web page would; with a Python also in
 * Keras, TensorFlow and, where it has that, MediaPipe.
 *
 *   node bench/export-parity.ts <model folder or project> <folder of photos> [--python <python>]
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { z } from 'zod';
import { exportModel } from '../engine/exports/export-model.ts';
import { parityOf } from '../engine/exports/parity.ts';
import { findModel } from '../engine/models/find-model.ts';
import { listPhotos, openClassifier, preparePhotos } from '../engine/prediction/index.ts';
import { startCompute } from '../engine/start-compute.ts';

type Answers = readonly Float32Array[];

const most = 50;
const allowed = 1e-4;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string' } },
});
const [model, folder] = positionals;
if (model === undefined || folder === undefined) {
  console.error(
    'usage: node bench/export-parity.ts <model folder or project> <folder of photos> [--python <python>]',
  );
  process.exit(2);
}
const signal = new AbortController().signal;
const compute = startCompute();
const out = await mkdtemp(join(tmpdir(), 'scenelab-parity-'));
const server = await serve(out);
try {
  const formats = ['tfjs', 'keras', 'savedmodel', 'tflite'] as const;
  for await (const event of exportModel(compute, { model, formats: [...formats], out }, signal))
    if (event.kind === 'notice') console.log(event.message);
  await using classifier = await openClassifier(compute, findModel(model));
  const photos: Uint8Array[] = [];
  for await (const photo of preparePhotos(await listPhotos([folder], signal), { ...classifier, ahead: 8 })) {
    if (photo.kind === 'prepared') photos.push(photo.pixels);
    if (photos.length === most) break;
  }
  const app = await classifier.classify(photos, signal);
  const size = classifier.inputSize;
  const name = `plain @tensorflow/tfjs ${tf.version.tfjs}, backend cpu`;
  report(name, app, await predictPlain(photos, size));
  if (values.python !== undefined)
    for (const { name, answers } of await predictInPython(values.python, photos, size))
      report(name, app, answers);
} finally {
  server.close();
  await compute.close();
  await rm(out, { recursive: true });
}

/** What a web page gets: pixels by the convention of Teachable Machine into the layers model. */
async function predictPlain(photos: Uint8Array[], size: number): Promise<Answers> {
  await tf.setBackend('cpu');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const network = await tf.loadLayersModel(`http://127.0.0.1:${port}/tfjs/model.json`);
  return photos.map((photo) =>
    tf.tidy(() => {
      const answer = network.predict(tf.tensor(photo, [1, size, size, 3], 'float32').div(127).sub(1));
      if (Array.isArray(answer)) throw new Error('More than one answer.');
      return answer.dataSync<'float32'>();
    }),
  );
}

/** Of each runtime that the Python has. */
async function predictInPython(python: string, photos: Uint8Array[], size: number) {
  const pixels = join(out, 'pixels.bin');
  await writeFile(pixels, Buffer.concat(photos));
  const script = join(import.meta.dirname, 'keras/exported.py');
  const lines = execFileSync(python, [script, out, pixels, `${photos.length}`, `${size}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  });
  const Line = z.object({
    name: z.string(),
    answers: z.array(z.array(z.number()).transform((answer) => Float32Array.from(answer))),
  });
  return lines.trimEnd().split('\n').map((line) => Line.parse(JSON.parse(line))); // prettier-ignore
}

function report(name: string, app: Answers, other: Answers): void {
  const { n, top1Agreement, maxAbsDifference: largest } = parityOf(app, other);
  console.log(
    `${name}: ${n} photos, same answer ${Math.round(top1Agreement * n)}, largest difference ${largest.toExponential(2)} (allowed ${allowed})`,
  );
  if (!(largest <= allowed)) process.exitCode = 1;
}

async function serve(root: string): Promise<Server> {
  const server = createServer((request, response) => {
    readFile(join(root, new URL(request.url ?? '', 'http://localhost').pathname)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
