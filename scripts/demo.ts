/**
 * The whole way on the sample project, by the same commands that a person types: train, evaluate, export, predict.
 *
 *   npm run demo [-- quick|balanced|thorough]
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvaluateResult, Parity, Prediction } from '../contract/index.ts';
import { findProject } from '../engine/projects/find-project.ts';

const root = join(import.meta.dirname, '..');
const sample = join(root, 'assets', 'sample');
const place = join(tmpdir(), 'scenelab-demo');
const out = join(place, 'model');
const [preset = 'balanced'] = process.argv.slice(2);

rmSync(place, { recursive: true, force: true });
process.env['SCENELAB_DATA'] = join(place, 'data');
const began = performance.now();
console.log(`93 photos of fish, monuments, tools and windmills become a classifier (preset ${preset}).\n`);
scenelab(['train', sample, '--preset', preset, '--seed', '1', '--out', out], 'inherit');
const { test, baseline, mistakes } = EvaluateResult.parse(last(['evaluate', findProject(sample).project]));
const photo = join(sample, 'windmill', 'windmill9.webp');
const [prediction] = lines(['predict', out, photo]).filter(({ kind }) => kind === 'prediction');
tell(Prediction.parse(prediction));

function tell({ predictions: [best] }: Prediction): void {
  const parity = Parity.parse(JSON.parse(readFileSync(join(out, 'parity.json'), 'utf8')));
  const megabytes = statSync(join(out, 'weights.bin')).size / 1e6;
  const seconds = (performance.now() - began) / 1000;
  const [low, high] = test.accuracyInterval.map(percent);
  console.log(`
In ${seconds.toFixed(0)} s:
  ${Math.round(test.accuracy * test.n)} of ${test.n} photos that training never saw were named rightly: ${percent(test.accuracy)}.
  So few photos leave room: with 95 % certainty it is between ${low} and ${high}.
  Always answering "${baseline.className}" would get ${percent(baseline.accuracy)}.
${mistakes.map((m) => `  Wrong: ${m.path}, a ${m.label}, taken for ${m.predicted} (${percent(m.probability)}).`).join('\n') || '  No photo was taken for something else.'}
  The exported TensorFlow.js model (${megabytes.toFixed(1)} MB) was loaded again and asked about ${parity.n} photos:
  same answer for ${percent(parity.top1Agreement)}, largest difference ${parity.maxAbsDifference.toExponential(1)}.
  windmill9.webp? "${best?.className}", ${percent(best?.probability ?? 0)}.

The model and its card lie in ${out}.
Now with photos of your own, a folder per label:  npx scenelab train <folder> --out <folder>`);
}

function scenelab(args: string[], stdio: 'inherit' | 'pipe'): string {
  const command = [join(root, 'cli', 'scenelab.js'), ...args];
  const output: unknown = execFileSync(process.execPath, command, {
    encoding: 'utf8',
    stdio: ['inherit', stdio, 'inherit'],
  });
  return typeof output === 'string' ? output : '';
}

function lines(args: string[]): Record<string, unknown>[] {
  const text = scenelab([...args, '--json'], 'pipe').trim();
  return text.split('\n').map((line) => JSON.parse(line));
}

function last(args: string[]): unknown {
  return lines(args).at(-1);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0.999 || share < 0.001 ? 0 : 1)} %`;
}
