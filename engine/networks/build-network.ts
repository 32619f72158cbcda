import type { tf } from '../tensorflow/index.ts';
import { buildAlexNet } from './alexnet.ts';
import { buildDenseNetwork } from './dense-network.ts';
import { buildEfficientNetLite, type liteVariants } from './efficientnet-lite.ts';
import { buildGoogLeNet } from './googlenet.ts';
import { buildInceptionV3 } from './inception-v3.ts';
import type { NetworkOptions } from './layers.ts';
import { buildLeNet5 } from './lenet-5.ts';
import { buildCourseNetwork, buildDeepDigits } from './mnist-networks.ts';
import { buildMobileNetV2 } from './mobilenet-v2.ts';
import { unknownNetwork } from './registry.ts';
import { buildResNet } from './resnet.ts';

type Build = (options: NetworkOptions) => tf.LayersModel;

const lite =
  (variant: keyof typeof liteVariants): Build =>
  ({ classes, ...size }) =>
    buildEfficientNetLite(variant, classes, size);

const builders = new Map<string, Build>([
  ['dense-network', buildDenseNetwork],
  ['lenet-5', buildLeNet5],
  ['alexnet', buildAlexNet],
  ['googlenet', buildGoogLeNet],
  ['resnet-18', (options) => buildResNet(18, options)],
  ['resnet-50', (options) => buildResNet(50, options)],
  ['inception-v3', ({ classes, inputSize }) => buildInceptionV3(classes, inputSize)],
  ['mobilenet-v2', buildMobileNetV2],
  ['efficientnet-lite0', lite('lite0')],
  ['efficientnet-lite1', lite('lite1')],
  ['efficientnet-lite2', lite('lite2')],
  ['efficientnet-lite3', lite('lite3')],
  ['efficientnet-lite4', lite('lite4')],
  ['course-network', buildCourseNetwork],
  ['deep-digits', buildDeepDigits],
]);

/**
 * Builds a network of the registry, untrained, as it was published or in another size; the caller disposes it. Inception v3
 * has one width; it and the Lite networks read three channels.
 * @throws ScenelabError NOT_FOUND
 */
export function buildNetwork(id: string, options: NetworkOptions = {}): tf.LayersModel {
  const build = builders.get(id);
  if (!build) throw unknownNetwork(id);
  return build(options);
}
