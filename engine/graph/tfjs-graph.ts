import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InferenceGraph } from './inference-graph.ts';
import { graphVersion, toGraphDef, type GraphDef, type PortNames } from './graphdef.ts';
import { DataType, type Attribute, type NodeDef, type Port, type Shape } from './node-defs.ts';

/** Bytes per weights file: what TensorFlow.js's own converter keeps to, so that browsers cache them. */
const shardBytes = 4 * 1024 * 1024;

/**
 * Writes a graph as a TensorFlow.js graph model (`model.json` and shards of weights) that `tf.loadGraphModel` loads.
 * Input and output are float32. Gives the names that a caller needs, and the names of the files.
 */
export async function writeTfjsGraphModel(
  graph: InferenceGraph,
  folder: string,
  names: PortNames = {},
): Promise<Pick<GraphDef, 'input' | 'outputs'> & { files: string[] }> {
  const { nodes, input, outputs } = toGraphDef(graph, { kind: 'float' }, names);
  const constants = nodes.flatMap(({ name, attr: { value } }) =>
    value && 'tensor' in value ? [{ name, ...value.tensor }] : [],
  );
  const shards = shardsOf(Buffer.concat(constants.map(({ tensorContent }) => tensorContent)));
  const weights = constants.map(({ name, dtype, tensorShape }) => {
    return { name, shape: tensorShape.dim.map(({ size }) => size), dtype: dtypes[dtype] };
  });
  const model = {
    format: 'graph-model',
    generatedBy: 'scenelab',
    convertedBy: null,
    signature: { inputs: portsJson([input]), outputs: portsJson(outputs) },
    modelTopology: { node: nodes.map(nodeJson), library: {}, versions: { producer: graphVersion } },
    weightsManifest: [{ paths: shards.map(({ name }) => name), weights }],
  };
  await mkdir(folder, { recursive: true });
  const files = [{ name: 'model.json', bytes: Buffer.from(JSON.stringify(model)) }, ...shards];
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes);
  return { input, outputs, files: files.map(({ name }) => name) };
}

const dtypes = {
  [DataType.float]: 'float32',
  [DataType.int32]: 'int32',
  [DataType.uint8]: 'uint8',
  [DataType.string]: 'string',
  [DataType.half]: 'float16',
};
const typeNames = {
  [DataType.float]: 'DT_FLOAT',
  [DataType.int32]: 'DT_INT32',
  [DataType.uint8]: 'DT_UINT8',
  [DataType.string]: 'DT_STRING',
  [DataType.half]: 'DT_HALF',
};

function shardsOf(bytes: Buffer): { name: string; bytes: Buffer }[] {
  const count = Math.ceil(bytes.length / shardBytes);
  return Array.from({ length: count }, (_, i) => ({
    name: `group1-shard${i + 1}of${count}.bin`,
    bytes: bytes.subarray(i * shardBytes, (i + 1) * shardBytes),
  }));
}

function portsJson(ports: readonly Port[]) {
  const json = ({ key, tensor, dtype, shape }: Port) =>
    [key, { name: `${tensor}:0`, dtype: typeNames[dtype], tensorShape: shapeJson(shape) }] as const;
  return Object.fromEntries(ports.map(json));
}

function nodeJson({ name, op, input, attr }: NodeDef) {
  const attributes = Object.entries(attr).map(([key, value]) => [key, attributeJson(value)] as const);
  return { name, op, input, attr: Object.fromEntries(attributes) };
}

/** As protobuf writes JSON: 64-bit numbers as strings, bytes in base 64; a constant without its values. */
function attributeJson(attribute: Attribute): object {
  if ('type' in attribute) return { type: typeNames[attribute.type] };
  if ('i' in attribute) return { i: String(attribute.i) };
  if ('s' in attribute) return { s: Buffer.from(attribute.s).toString('base64') };
  if ('list' in attribute) return { list: { i: attribute.list.i.map(String) } };
  if ('shape' in attribute) return { shape: shapeJson(attribute.shape) };
  if ('b' in attribute || 'f' in attribute) return attribute;
  const { dtype, tensorShape } = attribute.tensor;
  return { tensor: { dtype: typeNames[dtype], tensorShape: shapeJson(tensorShape) } };
}

function shapeJson({ dim }: Shape) {
  return { dim: dim.map(({ size }) => ({ size: String(size) })) };
}
