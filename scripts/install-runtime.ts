/**
 * Gets the best TensorFlow that this machine can have, after `npm install`:
 * what is there, else tfjs-node's own prebuilt, else TensorFlow's PyPI wheel with the binding compiled here, else none.
 * `--gpu` gets the GPU packages the same way. Ends with one line that says what it got; never fails, but with `--strict`.
 */
import { performance } from 'node:perf_hooks';
import { compileBinding } from './runtime/compile-binding.ts';
import { fetchLibraries } from './runtime/fetch-libraries.ts';
import { fetchPrebuilt } from './runtime/fetch-prebuilt.ts';
import { loadedVersion, placeRuntime } from './runtime/place-runtime.ts';
import { restoreDropped } from './runtime/restore-dropped.ts';

const gpu = process.argv.includes('--gpu');
const started = performance.now();
const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;

try {
  console.log(`Scenelab: ${await installRuntime()}`);
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  if (process.argv.includes('--strict')) {
    console.log(`Scenelab: ${why}`);
    process.exit(1);
  }
  console.log(
    `Scenelab: ${why}. So the portable runtime is used: it predicts and trains the last layer, and can not fine-tune. ` +
      'Once that is mended, `node scripts/install-runtime.js` tries again. `npx scenelab doctor` tells more.',
  );
}

async function installRuntime(): Promise<string> {
  if (process.env['SCENELAB_RUNTIME'] === 'portable')
    return 'the portable runtime, as SCENELAB_RUNTIME says.';
  const restored = await restoreDropped();
  const present = await loadedVersion(gpu);
  if (present) return `native TensorFlow ${present} is there${restored}.`;
  if (await fetchPrebuilt(gpu)) {
    const version = await loadedVersion(gpu);
    if (version) return `native TensorFlow ${version}, tfjs-node's own prebuilt, in ${seconds()}${restored}.`;
  }
  const libraries = await fetchLibraries(gpu);
  const binding = await compileBinding(libraries, gpu);
  await placeRuntime(libraries, binding, gpu);
  const version = await loadedVersion(gpu);
  if (!version) throw new Error('TensorFlow was fetched and its binding compiled, but it does not load here');
  return `native TensorFlow ${version} from PyPI${gpu ? ' for the GPU' : ''}, ${libraries.fetched}, in ${seconds()}${restored}.`;
}
