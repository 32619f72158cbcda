import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSignatures, type CallableGraph } from '../graph/savedmodel.ts';
import { loadSavedModel, tf, type SavedModel } from '../tensorflow/runtime.ts';

/** A graph in a session of native TensorFlow of its own, with what its variables hold. */
export interface NativeCalls<Name extends string> extends Disposable {
  /**
   * Runs one signature. It blocks the thread while it runs; what it gives is the caller's to dispose of.
   * @throws Error when TensorFlow can't run it.
   */
  call(name: Name, inputs: tf.NamedTensorMap): tf.NamedTensorMap;
}

/**
 * Opens a graph with all of its signatures. TensorFlow reads graphs from disk only: `cacheFolder` holds a file for as long
 * as that takes.
 * @throws ScenelabError NEEDS_NATIVE_TENSORFLOW on the portable runtime.
 */
export async function openNativeCalls<Name extends string>(
  graph: CallableGraph<Name>,
  cacheFolder = tmpdir(),
): Promise<NativeCalls<Name>> {
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, 'graph-'));
  const models = new Map<string, SavedModel>();
  try {
    await writeSignatures(graph, folder);
    for (const name of Object.keys(graph.signatures)) models.set(name, await loadSavedModel(folder, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return {
    call(name, inputs) {
      const model = models.get(name);
      if (!model) throw new Error(`The graph has no signature "${name}".`);
      return model.predict(inputs);
    },
    // The session ends with the last of them.
    [Symbol.dispose]: () => models.forEach((model) => model.dispose()),
  };
}
