import { beforeAll, expect, test } from 'vitest';
import { startRuntime, tf } from '../tensorflow/index.ts';
import { buildAlexNet } from './alexnet.ts';
import { buildNetwork } from './build-network.ts';
import { buildDenseNetwork } from './dense-network.ts';
import { buildGoogLeNet } from './googlenet.ts';
import { buildLeNet5 } from './lenet-5.ts';
import { buildCourseNetwork, buildDeepDigits } from './mnist-networks.ts';
import { buildMobileNetV2 } from './mobilenet-v2.ts';
import { networks } from './registry.ts';
import { buildResNet } from './resnet.ts';

beforeAll(() => startRuntime());

/** What a gradient changes; batch norm's running statistics are not counted, as in the papers. */
function parameters(weights: { shape: (number | null)[] }[]): number {
  return weights
    .map(({ shape }) => shape.reduce<number>((n, size) => n * (size ?? 1), 1))
    .reduce((sum, size) => sum + size, 0);
}

const shapeOf = (model: tf.LayersModel, name: string) => model.getLayer(name).outputShape.slice(1);

test.each([
  // 784 · 300 + 300, 300 · 100 + 100, 100 · 10 + 10.
  ['the dense network', () => buildDenseNetwork(), 266_610],
  // By hand: 156 + 2,416 + 48,120 + 10,164 + 850.
  ['LeNet-5', () => buildLeNet5(), 61_706],
  // "60 million" in the paper; its kernels of 48 and 192 maps where the towers don't mix, counted one by one.
  ['AlexNet', () => buildAlexNet(), 60_965_224],
  // Those of the network as it was published for Caffe; torchvision's has batch norm and smaller kernels.
  ['GoogLeNet', () => buildGoogLeNet(), 6_998_552],
  ['GoogLeNet with its auxiliary classifiers', () => buildGoogLeNet({ auxiliary: true }), 13_378_280],
  // torchvision's figures, those of Keras without the biases before batch norm.
  ['ResNet-18', () => buildResNet(18), 11_689_512],
  ['ResNet-50', () => buildResNet(50), 25_557_032],
  // torchvision's figure and the trainable ones of Keras; 3.4 M in the paper.
  ['MobileNet v2', () => buildMobileNetV2(), 3_504_872],
  // 320 + 18,496 + 204,928 + 1,290.
  ['the course network', () => buildCourseNetwork(), 225_034],
  // Kernels 359,712, batch norm 1,024, last layer 650.
  ['the network of seven convolutions', () => buildDeepDigits(), 811_642],
] as const)('%s has its parameters', (_name, build, expected) => {
  const model = build();
  expect(parameters(model.trainableWeights)).toBe(expected);
  model.dispose();
});

test('modules of GoogLeNet have the parameters of its table', () => {
  const model = buildGoogLeNet();
  const of = (name: string) =>
    parameters(
      model.layers.filter((layer) => layer.name.startsWith(`${name}-`)).flatMap(({ weights }) => weights),
    );
  // In 1024s. Those of 4c and 5a in the paper don't agree with the kernels beside them.
  const table = { '3a': 159, '3b': 380, '4a': 364, '4b': 437, '4e': 840 };
  for (const [name, thousands] of Object.entries(table))
    expect(Math.abs(of(`inception${name}`) / 1024 / thousands - 1)).toBeLessThan(0.01);
  model.dispose();
});

test('grids and channels are those of the papers', () => {
  const lenet = buildLeNet5();
  expect(['c1', 's2', 'c3', 's4', 'c5', 'f6'].map((name) => shapeOf(lenet, name))).toEqual(
    [[28, 28, 6], [14, 14, 6], [10, 10, 16], [5, 5, 16], [1, 1, 120], [84]], // prettier-ignore
  );
  const alexnet = buildAlexNet();
  expect(['conv1-a', 'pool1-b', 'pool2', 'conv4-a', 'pool5'].map((name) => shapeOf(alexnet, name))).toEqual(
    [[55, 55, 48], [27, 27, 48], [13, 13, 256], [13, 13, 192], [6, 6, 256]], // prettier-ignore
  );
  const googlenet = buildGoogLeNet({ auxiliary: true });
  const modules = ['conv1', 'norm2', 'inception3a', 'inception4a', 'inception4d', 'inception5b'];
  expect(modules.map((name) => shapeOf(googlenet, name))).toEqual(
    [[112, 112, 64], [56, 56, 192], [28, 28, 256], [14, 14, 512], [14, 14, 528], [7, 7, 1024]], // prettier-ignore
  );
  expect(shapeOf(googlenet, 'auxiliary4a-pool')).toEqual([4, 4, 512]);
  const resnet = buildResNet(50);
  expect(['stem', 'stage1-block3', 'stage4-block3'].map((name) => shapeOf(resnet, name))).toEqual(
    [[112, 112, 64], [56, 56, 256], [7, 7, 2048]], // prettier-ignore
  );
  const mobilenet = buildMobileNetV2();
  expect(['block0', 'block16', 'top'].map((name) => shapeOf(mobilenet, name))).toEqual(
    [[112, 112, 16], [7, 7, 320], [7, 7, 1280]], // prettier-ignore
  );
  for (const model of [lenet, alexnet, googlenet, resnet, mobilenet]) model.dispose();
});

test('a narrower network on smaller pictures has the same parts', () => {
  const small = { classes: 4, width: 0.25, inputSize: 32 };
  for (const build of [
    () => buildResNet(18, small),
    () => buildMobileNetV2(small),
    () => buildGoogLeNet(small),
  ]) {
    const model = build();
    expect(model.outputs[0]?.shape).toEqual([null, 4]);
    expect(shapeOf(model, 'embedding')).toHaveLength(1);
    model.dispose();
  }
});

test.each(networks)('$id is built in another size by its id', ({ id }) => {
  const [inputSize, channels] = id === 'inception-v3' ? [75, 3] : [67, 3];
  const model = buildNetwork(id, { classes: 4, width: 0.25, inputSize, channels });
  expect(model.inputs[0]?.shape).toEqual([null, inputSize, inputSize, channels]);
  expect(model.outputs[0]?.shape).toEqual([null, 4]);
  model.dispose();
});
