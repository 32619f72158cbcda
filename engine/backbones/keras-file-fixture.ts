import hdf5 from 'h5wasm/node';
import { tf } from '../tensorflow/index.ts';

/** Gives every weight of a network a value that keeps its activations within bounds, other ones for another seed. */
export function randomize(model: tf.LayersModel, seed: number): void {
  for (const variable of model.layers.flatMap(({ weights }) => weights)) {
    const { shape, originalName: name } = variable;
    const size = shape.map((side) => side ?? 1);
    const inputs = size.slice(0, -1).reduce((n, side) => n * side, 1);
    const values = name.endsWith('/moving_variance')
      ? tf.randomUniform(size, 0.5, 1.5, 'float32', seed++)
      : tf.randomNormal(size, 0, name.endsWith('kernel') ? Math.sqrt(2 / inputs) : 0.1, 'float32', seed++);
    variable.write(values);
    values.dispose();
  }
}

/**
 * Writes a network's weights as Keras writes a `.h5` weights file: a group per layer, layers numbered per kind in the
 * order of their creation from `first` on, as the names of a Keras session that built other networks before.
 */
export async function writeKerasFile(file: string, model: tf.LayersModel, first: number): Promise<void> {
  await hdf5.ready;
  const opened = new hdf5.File(file, 'w');
  const counts = { Conv2D: first, BatchNormalization: first };
  for (const layer of model.layers.toSorted((a, b) => a.id - b.id)) {
    const kind = layer.getClassName();
    if (layer.weights.length === 0) continue;
    const name =
      kind === 'Conv2D'
        ? `conv2d_${counts.Conv2D++}`
        : kind === 'Dense'
          ? 'predictions'
          : `batch_normalization_${counts.BatchNormalization++}`;
    const group = opened.create_group(name).create_group(name);
    for (const variable of layer.weights) {
      const values = variable.read();
      const data = values.dataSync();
      group.create_dataset({
        name: `${variable.originalName.split('/').at(-1)}:0`,
        data: Float32Array.from(data),
        shape: [...values.shape],
      });
    }
  }
  opened.close();
}
