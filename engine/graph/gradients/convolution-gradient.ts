import type { ConvNode, DepthwiseConvNode } from '../inference-graph.ts';
import { attribute, DataType, float, type NodeDefs } from '../node-defs.ts';
import { convolutionAttributes } from '../write-nodes.ts';
import type { Pass, WeightedGradient } from './pass.ts';

const operations = {
  conv: { input: 'Conv2DBackpropInput', kernel: 'Conv2DBackpropFilter' },
  'depthwise-conv': {
    input: 'DepthwiseConv2dNativeBackpropInput',
    kernel: 'DepthwiseConv2dNativeBackpropFilter',
  },
};

/** Both gradients of a convolution are convolutions again, which TensorFlow has operations for. */
export function convolutionGradient(
  node: ConvNode | DepthwiseConvNode,
  { defs, name, input, upstream }: Pass,
  kernel: string,
): WeightedGradient {
  const attributes = convolutionAttributes(node);
  const { shape } = node.kernel;
  const kernelSizes = defs.ints(`${name}/kernel-sizes`, [shape.length], shape);
  const operation = operations[node.op];
  return {
    input: defs.add(
      `${name}/input`,
      operation.input,
      [sizesOf(defs, name, input), kernel, upstream],
      attributes,
    ),
    kernel: defs.add(`${name}/kernel`, operation.kernel, [input, kernelSizes, upstream], attributes),
  };
}

/** The shape of a tensor, which is known only when the batch is. */
export function sizesOf(defs: NodeDefs, name: string, tensor: string): string {
  return defs.add(`${name}/sizes`, 'Shape', [tensor], { ...float, out_type: attribute.type(DataType.int32) });
}
