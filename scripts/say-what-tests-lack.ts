import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './runtime/tfjs-package.ts';

const lack =
  '\nNative TensorFlow is not installed here, so the tests that train or export with it fail. ' +
  '`node scripts/install-runtime.js` gets it, or says what it lacks.\n';

/** Vitest's global setup: says before the tests, and again after them, why many fail where native TensorFlow is missing. */
export default function sayWhatTestsLack(): (() => void) | undefined {
  const folder = packageFolder('@tensorflow/tfjs-node');
  if (folder && existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'))) return undefined;
  console.warn(lack);
  return () => console.warn(lack);
}
