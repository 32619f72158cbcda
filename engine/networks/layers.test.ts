import { beforeAll, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { LocalResponseNormalization } from './layers.ts';

beforeAll(() => startRuntime());

test('local response normalisation divides by the squares around in the channels', () => {
  const layer = new LocalResponseNormalization({ radius: 1, bias: 1, alpha: 0.5, beta: 1 });
  const answer = [layer.apply(tf.tensor4d([1, 2, 3, 4], [1, 1, 1, 4]))].flat()[0];
  const expected = [1 / (1 + 0.5 * 5), 2 / (1 + 0.5 * 14), 3 / (1 + 0.5 * 29), 4 / (1 + 0.5 * 25)];
  if (!(answer instanceof tf.Tensor)) throw new Error('no tensor');
  expect(answer.shape).toEqual([1, 1, 1, 4]);
  answer.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 6));
});

test('a network with local response normalisation is saved and loaded as any other', async () => {
  const config = { inputShape: [4, 4, 6], filters: 6, kernelSize: 1 };
  const model = tf.sequential({
    layers: [tf.layers.conv2d(config), new LocalResponseNormalization({ radius: 1, alpha: 0.25 })],
  });
  let artifacts: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  const x = tf.randomUniform([2, 4, 4, 6], -1, 1, 'float32', 1);
  const [expected, actual] = [model, loaded].map((network) => [network.predict(x)].flat()[0]?.dataSync());
  expect(loaded.layers[1]?.getConfig()).toMatchObject({ radius: 1, bias: 2, alpha: 0.25, beta: 0.75 });
  expect(actual).toEqual(expected);
});
