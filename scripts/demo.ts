/**
 * The whole way on the sample project, by the same commands that a person types: train, export, evaluate.
 *
 *   npm run demo [-- quick|balanced|thorough]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvaluateResult, Parity } from '../contract/index.ts';
import { findProject } from '../engine/library/find-project.ts';

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
tell();

function tell(): void {
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
  same answer for ${percent(parity.top1Agreement)}, probabilities differ by ${parity.maxAbsDifference.toExponential(1)} at most.

The model and its card lie in ${out}.
Now with photos of your own, a folder per label:  npx scenelab train <folder> --out <folder>`);
}

/** Runs a command, as `npx scenelab` would; what it prints goes on to the terminal or comes back. */
function scenelab(args: string[], stdout: 'inherit' | 'pipe'): string {
  const command = [join(root, 'cli', 'scenelab.js'), ...args];
  const ran = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    stdio: ['inherit', stdout, 'inherit'],
  });
  // It has said why.
  if (ran.status !== 0) process.exit(ran.status ?? 1);
  return ran.stdout;
}

/** The result of a command. */
function last(args: string[]): unknown {
  const line =
    scenelab([...args, '--json'], 'pipe')
      .trim()
      .split('\n')
      .at(-1) ?? '';
  return JSON.parse(line);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share === 1 || share === 0 ? 0 : 1)} %`;
}
