import { InferenceSession, Tensor } from 'onnxruntime-node';
import { randomize } from '../../engine/backbones/keras-file-fixture.ts';
import { buildNetwork, loadBackboneLayers } from '../../engine/backbones/load-backbone.ts';
import { backboneEntry, describeBackbone } from '../../engine/backbones/registry.ts';
import { lower, toOnnx } from '../../engine/graph/index.ts';
import { openGraph } from '../../engine/inference/index.ts';
import { startRuntime, tf } from '../../engine/tensorflow/index.ts';
import { serveTurns } from '../turns/serve-turns.ts';

/**
 * Pixels to embeddings: `embed.ts <scenelab|onnx|tfjs> <backbone>`. A line is the batch size; a turn shows the network 32
 * photos. Weights that are not on this machine are random ones.
 */
const [runner = '', id = ''] = process.argv.slice(2);
const photos = 32;
const { inputSize: size, pixelScale } = backboneEntry(id);

/** Turns `n` photos of uint8 pixels into something that has all of their embeddings. */
type Embed = (pixels: Uint8Array, n: number) => Promise<unknown>;

const embedders: Record<string, (model: tf.LayersModel) => Promise<Embed>> = {
  scenelab: async (model) => (await openGraph(lower(model, ['embedding']), { pixelScale })).run,
  onnx: async (model) => {
    const session = await InferenceSession.create(toOnnx(lower(model, ['embedding']), { pixelScale }));
    return (pixels, n) => session.run({ image: new Tensor('uint8', pixels, [n, size, size, 3]) });
  },
  tfjs: async (model) => {
    const embedding = tf.model({ inputs: model.inputs, outputs: model.getLayer('embedding').output });
    return async (pixels, n) => {
      const answer = tf.tidy(() => {
        const values = tf.tensor(pixels, [n, size, size, 3], 'int32');
        return [embedding.predict(values.sub(pixelScale.mean).div(pixelScale.standardDeviation))].flat();
      });
      await answer[0]?.data();
      tf.dispose(answer);
    };
  },
};

async function layers(): Promise<tf.LayersModel> {
  if (describeBackbone(backboneEntry(id)).installed) return loadBackboneLayers(id);
  const model = buildNetwork(id, 1000);
  randomize(model, 1);
  return model;
}

await startRuntime();
const embed = await embedders[runner]?.(await layers());
if (!embed) throw new Error(`no runner ${runner}`);
const pixels = Uint8Array.from({ length: photos * size ** 2 * 3 }, () => Math.random() * 256);
await serveTurns(async (line) => {
  const [n, length] = [Number(line), pixels.length / photos];
  for (let at = 0; at < photos; at += n) await embed(pixels.subarray(at * length, (at + n) * length), n);
});
