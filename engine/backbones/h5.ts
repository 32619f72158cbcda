import { ScenelabError } from '../../contract/index.ts';

/** Values of a dataset, row-major. */
export interface H5Dataset {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/**
 * The float32 datasets of an HDF5 file by their path (`conv2d_1/conv2d_1/kernel:0`). An optimizer's state, which Keras
 * puts beside the weights, is left out.
 * @throws ScenelabError NOT_READABLE when it is no HDF5 file or is cut short.
 */
export async function readH5(file: string): Promise<Map<string, H5Dataset>> {
  const hdf5 = await startHdf5();
  try {
    const opened = new hdf5.File(file, 'r');
    try {
      const datasets = new Map<string, H5Dataset>();
      for (const path of opened.paths()) {
        if (path.startsWith('optimizer_weights/')) continue;
        const entity = opened.get(path);
        if (!(entity instanceof hdf5.Dataset)) continue;
        const { value: data, shape } = entity;
        if (data instanceof Float32Array) datasets.set(path, { shape: shape ?? [], data });
      }
      return datasets;
    } finally {
      opened.close();
    }
  } catch (error) {
    throw new ScenelabError(
      'NOT_READABLE',
      `${file} can't be read as HDF5`,
      'a weights file that Keras saved (.h5)',
      'Choose another file, or get it again',
      error,
    );
  }
}

/** HDF5, which throws what goes wrong. It compiles WebAssembly when it is imported; few sessions ever need it. */
export async function startHdf5() {
  const { default: hdf5 } = await import('h5wasm/node');
  const { activate_throwing_error_handler: throwErrors } = await hdf5.ready;
  throwErrors();
  return hdf5;
}
