import hdf5 from 'h5wasm/node';
import { tf } from '../tensorflow/index.ts';

/** Gives every weight of a network a value that keeps its activations within bounds, other ones for another seed. */
export function randomize(model: tf.LayersModel, seed: number): void {
  let state = seed;
  // A linear congruential generator: tf's own take many times as long for 24 million values.
  const uniform = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  for (const variable of model.layers.flatMap(({ weights }) => weights)) {
    const { shape, originalName: name } = variable;
    const sides = shape.map((side) => side ?? 1);
    const inputs = sides.slice(0, -1).reduce((n, side) => n * side, 1);
    const spread = name.endsWith('kernel') ? Math.sqrt(24 / inputs) : 0.5;
    const middle = name.endsWith('/moving_variance') ? 1 : 0;
    const data = new Float32Array(sides.reduce((n, side) => n * side, 1));
    for (let i = 0; i < data.length; i++) data[i] = middle + (uniform() - 0.5) * spread;
    const values = tf.tensor(data, sides);
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
