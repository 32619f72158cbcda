import { startHdf5 } from '../backbones/h5.ts';
import { tf } from '../tensorflow/index.ts';

type Layer = tf.LayersModel['layers'][number];

/**
 * Writes a network as a `.h5` model, as Keras 2 saved them and Keras 3 still reads them: its layers as JSON in an attribute,
 * its weights in a group for each layer (keras/src/legacy/saving/legacy_h5_format.py).
 */
export async function writeKerasModel(model: tf.LayersModel, file: string): Promise<void> {
  const hdf5 = await startHdf5();
  const opened = new hdf5.File(file, 'w');
  try {
    const weights = opened.create_group('model_weights');
    for (const group of [opened, weights]) {
      group.create_attribute('backend', 'tensorflow');
      group.create_attribute('keras_version', '2.15.0');
    }
    opened.create_attribute('model_config', JSON.stringify(model.toJSON(null, false)));
    const named = model.layers.map(({ name }) => name);
    weights.create_attribute('layer_names', named);
    for (const layer of model.layers) {
      const group = weights.create_group(layer.name);
      const paths = pathsOf(layer);
      if (paths.length === 0) continue;
      group.create_attribute('weight_names', paths);
      const within = group.create_group(layer.name);
      for (const [i, tensor] of layer.getWeights().entries())
        within.create_dataset({
          name: paths[i]?.slice(layer.name.length + 1) ?? '',
          data: tensor.dataSync<'float32'>(),
          shape: [...tensor.shape],
        });
    }
  } finally {
    opened.close();
  }
}

/** Reads such a file. The caller disposes of the network. */
export async function readKerasModel(file: string): Promise<tf.LayersModel> {
  const hdf5 = await startHdf5();
  const opened = new hdf5.File(file, 'r');
  try {
    const model = await tf.models.modelFromJSON(
      JSON.parse(String(opened.get_attribute('model_config', true))),
    );
    for (const layer of model.layers) {
      const tensors = pathsOf(layer).map((path) => {
        const dataset = opened.get(`model_weights/${layer.name}/${path}`);
        if (dataset instanceof hdf5.Dataset && dataset.value instanceof Float32Array)
          return tf.tensor(dataset.value, dataset.shape ?? []);
        throw new Error(`The file has no ${path}.`);
      });
      layer.setWeights(tensors);
      tf.dispose(tensors);
    }
    return model;
  } finally {
    opened.close();
  }
}

/** What Keras calls a layer's weights: `conv1/kernel:0`. */
function pathsOf({ name, weights }: Layer): string[] {
  return weights.map(
    ({ originalName }) => `${name}/${originalName.slice(originalName.lastIndexOf('/') + 1)}:0`,
  );
}
