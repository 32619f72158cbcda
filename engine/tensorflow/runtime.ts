import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, constants } from 'node:os';
import { dirname, join } from 'node:path';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { ScenelabError, type RuntimeInfo } from '../../contract/index.ts';

export { tf };

/** What tfjs-node adds to the namespace and is used here; typed by hand because the package is optional. */
interface NativeTensorFlow {
  readonly node: {
    loadSavedModel(folder: string, tags?: string[], signature?: string): Promise<SavedModel>;
  };
}

/** One signature of a SavedModel, run as one call. Signatures of one folder share a session and its variables. */
export interface SavedModel {
  /** Tensors by the names that the signature gives them, in and out. */
  predict(inputs: tf.NamedTensorMap): tf.NamedTensorMap;
  dispose(): void;
}

const require = createRequire(import.meta.url);
const nativePackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];
const starts = new Map<RuntimeInfo['kind'], Promise<RuntimeInfo>>();
let native: NativeTensorFlow | undefined;
let current: RuntimeInfo | undefined;

/**
 * Makes `tf` ready on the best backend there is: native TensorFlow, else WASM. To be awaited before the first
 * operation; a second call costs nothing. `kind` asks for one of the two, as SCENELAB_RUNTIME does.
 * @throws ScenelabError NEEDS_NATIVE_TENSORFLOW when native was asked for and can't be had.
 */
export async function startRuntime(options: { kind?: RuntimeInfo['kind'] } = {}): Promise<RuntimeInfo> {
  const wanted = options.kind ?? (process.env['SCENELAB_RUNTIME'] === 'portable' ? 'portable' : 'native');
  const start = starts.get(wanted) ?? (wanted === 'native' ? startNative() : startPortable(whyAskedFor));
  starts.set(wanted, start);
  const info = await start;
  if (options.kind === 'native' && info.kind !== 'native')
    throw new ScenelabError(
      'NEEDS_NATIVE_TENSORFLOW',
      info.reason,
      'native TensorFlow',
      'Run `node scripts/install-runtime.js`',
    );
  await tf.setBackend(info.kind === 'native' ? 'tensorflow' : 'wasm');
  return (current = info);
}

const whyAskedFor = 'The portable runtime was asked for';

/** The runtime that `tf` runs on now. Throws a plain Error before `startRuntime`. */
export function currentRuntime(): RuntimeInfo {
  if (!current) throw new Error('startRuntime() has not been awaited.');
  return current;
}

/**
 * Opens one signature of a SavedModel folder in native TensorFlow.
 * @throws ScenelabError NEEDS_NATIVE_TENSORFLOW on the portable runtime.
 */
export function loadSavedModel(folder: string, signature = 'serving_default'): Promise<SavedModel> {
  if (!native)
    throw new ScenelabError(
      'NEEDS_NATIVE_TENSORFLOW',
      'A SavedModel was to be opened on the portable runtime',
      'native TensorFlow',
      'Run `scenelab doctor` to see what is missing',
    );
  return native.node.loadSavedModel(folder, ['serve'], signature);
}

async function startNative(): Promise<RuntimeInfo> {
  // Read when the library is loaded: its start-up lines are for its developers.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  // tfjs-node 4 calls two functions that Node 23 removed.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value == null, isArray: Array.isArray });
  keepLoadedLibraries();
  const name = nativePackages.find(hasBinding);
  if (!name) return startPortable('Native TensorFlow is not installed');
  try {
    native = require(name);
    return describeNative();
  } catch (error) {
    const why = error instanceof Error ? firstLine(error.message) : String(error);
    return startPortable(`Native TensorFlow did not load: ${why}`);
  }
}

/**
 * When a thread ends, Node unloads the native libraries that it loaded; TensorFlow leaves exit handlers behind, and the
 * process then crashes on its way out. RTLD_NODELETE (0x1000 on Linux, 0x80 on macOS) keeps them mapped.
 */
function keepLoadedLibraries(): void {
  const flag = process.platform === 'linux' ? 0x1000 : process.platform === 'darwin' ? 0x80 : 0;
  const { dlopen } = process;
  if (flag)
    process.dlopen = (module, file, flags = constants.dlopen.RTLD_LAZY) => dlopen(module, file, flags | flag);
}

/** Looked for first: loading a package without its binding throws after it has half registered itself. */
function hasBinding(name: string): boolean {
  try {
    const folder = dirname(require.resolve(`${name}/package.json`));
    return existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'));
  } catch {
    return false;
  }
}

function describeNative(): RuntimeInfo {
  // tfjs-node's backend carries these two; the type of tf.backend() does not know them.
  const backend: object & { isUsingGpuDevice?: boolean; binding?: { TF_Version?: string } } = tf.backend();
  const tensorflow = backend.binding?.TF_Version ?? null;
  const gpu = backend.isUsingGpuDevice ?? false;
  return {
    kind: 'native',
    device: `TensorFlow ${tensorflow ?? '?'}, ${gpu ? 'GPU' : 'CPU'}, ${cores()}`,
    tensorflow,
    gpu,
    reason: '',
  };
}

async function startPortable(reason: string): Promise<RuntimeInfo> {
  await import('@tensorflow/tfjs-backend-wasm');
  return {
    kind: 'portable',
    device: `ONNX Runtime and WASM, CPU, ${cores()}`,
    tensorflow: null,
    gpu: false,
    reason,
  };
}

function cores(): string {
  const n = availableParallelism();
  return n === 1 ? '1 core' : `${n} cores`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? text;
}
