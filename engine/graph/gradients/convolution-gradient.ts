import type { ConvNode, DepthwiseConvNode } from '../inference-graph.ts';
import { attribute, DataType, float, type NodeDefs } from '../node-defs.ts';
import { convolutionAttributes } from '../write-nodes.ts';
import { transposed } from './dense-gradient.ts';
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
  pass: Pass,
  kernel: string,
): WeightedGradient {
  const { defs, name, input, upstream } = pass;
  if (isStepped(node)) return steppedGradient(node, pass, kernel);
  const attributes = convolutionAttributes(node);
  const operation = operations[node.op];
  const { shape } = node.kernel;
  const ofInput = [sizesOf(defs, name, input), kernel, upstream];
  const ofKernel = [input, defs.ints(`${name}/kernel-sizes`, [shape.length], shape), upstream];
  return {
    input: defs.add(`${name}/input`, operation.input, ofInput, attributes),
    kernel: isProduct(node)
      ? productGradient(node, pass)
      : defs.add(`${name}/kernel`, operation.kernel, ofKernel, attributes),
  };
}

/** Whether it multiplies single places and leaves others out. */
function isStepped({ op, kernel: { shape }, strides }: ConvNode | DepthwiseConvNode): boolean {
  return op === 'conv' && shape[0] === 1 && shape[1] === 1 && strides.some((stride) => stride > 1);
}

/**
 * The gradients of a 1 × 1 convolution in steps, as products of the places that it reads: TensorFlow's own operation writes beside
 * its memory here on a processor (2.21, oneDNN), and the process dies sooner or later.
 */
function steppedGradient(node: ConvNode | DepthwiseConvNode, pass: Pass, kernel: string): WeightedGradient {
  const { defs, name, input, upstream } = pass;
  const { shape } = node.kernel;
  const [, , inner = 1, outer = 1] = shape;
  const places = [
    defs.ints(`${name}/begin`, [4], [0, 0, 0, 0]),
    defs.ints(`${name}/end`, [4], [0, 0, 0, 0]),
    defs.ints(`${name}/steps`, [4], [1, ...node.strides, 1]),
  ];
  const read = defs.add(`${name}/read`, 'StridedSlice', [input, ...places], everything);
  const matrix = defs.reshape(`${name}/kernel-matrix`, kernel, [inner, outer]);
  const rows = defs.reshape(`${name}/read-upstream`, upstream, [-1, outer]);
  const product = defs.add(`${name}/product`, 'MatMul', [rows, matrix], transposed({ first: false }));
  const arriving = defs.reshape(`${name}/arriving`, product, [-1, ...node.shape.slice(0, -1), inner]);
  const sizes = sizesOf(defs, name, input);
  return {
    input: defs.add(`${name}/input`, 'StridedSliceGrad', [sizes, ...places, arriving], everything),
    kernel: productGradient(node, { ...pass, input: read }),
  };
}

/** Of a strided slice: from the first to the last of each axis, which begin and end then don't say. */
const everything = {
  ...float,
  Index: attribute.type(DataType.int32),
  begin_mask: attribute.int(0b1111),
  end_mask: attribute.int(0b1111),
  ellipsis_mask: attribute.int(0),
  new_axis_mask: attribute.int(0),
  shrink_axis_mask: attribute.int(0),
};

/** Whether every place of the image is multiplied by the same matrix, and nothing else happens. */
function isProduct({ op, kernel: { shape }, strides }: ConvNode | DepthwiseConvNode): boolean {
  return op === 'conv' && [shape[0], shape[1], ...strides].every((extent) => extent === 1);
}

/** The kernel's gradient where the places of all photos are the rows of a matrix: a fifth faster than as a convolution. */
function productGradient({ kernel: { shape } }: ConvNode | DepthwiseConvNode, pass: Pass): string {
  const { defs, name, input, upstream } = pass;
  const [, , inner = 1, outer = 1] = shape;
  const rows = [
    defs.reshape(`${name}/rows`, input, [-1, inner]),
    defs.reshape(`${name}/upstream-rows`, upstream, [-1, outer]),
  ];
  const matrix = defs.add(`${name}/matrix`, 'MatMul', rows, transposed({ first: true }));
  return defs.reshape(`${name}/kernel`, matrix, shape);
}

/** The shape of a tensor, which is known only when the batch is. */
export function sizesOf(defs: NodeDefs, name: string, tensor: string): string {
  return defs.add(`${name}/sizes`, 'Shape', [tensor], { ...float, out_type: attribute.type(DataType.int32) });
}
