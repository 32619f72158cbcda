import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import type { PixelScale } from '../../contract/index.ts';
import { graphVersion, toGraphDef, type GraphDef, type Port, type PortNames } from './graphdef.ts';
import type { InferenceGraph } from './inference-graph.ts';

/** The part of TensorFlow's schema that a frozen graph needs; field numbers from tensorflow/core/protobuf. */
const schema = protobuf.parse(`
  syntax = "proto3";
  message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }
  message MetaGraph { Info meta_info_def = 1; Graph graph_def = 2; map<string, Signature> signature_def = 5; }
  message Info { repeated string tags = 4; string tensorflow_version = 5; }
  message Signature { map<string, TensorInfo> inputs = 1; map<string, TensorInfo> outputs = 2; string method_name = 3; }
  message TensorInfo { string name = 1; int32 dtype = 2; Shape tensor_shape = 3; }
  message Graph { repeated Node node = 1; Versions versions = 4; }
  message Versions { int32 producer = 1; int32 min_consumer = 2; }
  message Node { string name = 1; string op = 2; repeated string input = 3; map<string, Attribute> attr = 5; }
  message Attribute { oneof value {
    List list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7; Tensor tensor = 8;
  } }
  message List { repeated bytes s = 2; repeated int64 i = 3; }
  message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
  message Shape { repeated Dimension dim = 2; }
  message Dimension { int64 size = 1; }
`);

const SavedModel = schema.root.lookupType('SavedModel');

/**
 * Writes a graph as a TensorFlow SavedModel (tag `serve`, signature `serving_default`) that any TensorFlow from 2.0 on
 * loads; the batch size is free, weights are constants. Its input is float32, or with `pixelScale` uint8 pixels that it
 * scales itself. Gives the names that a caller needs.
 */
export async function writeSavedModel(
  graph: InferenceGraph,
  folder: string,
  { pixelScale, ...names }: PortNames & { pixelScale?: PixelScale | undefined } = {},
): Promise<Pick<GraphDef, 'input' | 'outputs'>> {
  const def = toGraphDef(graph, pixelScale ? { kind: 'uint8', pixelScale } : { kind: 'float' }, names);
  await writeGraphDef(def, folder);
  return { input: def.input, outputs: def.outputs };
}

/** Writes operations as the SavedModel of one signature. */
export async function writeGraphDef({ nodes, input, outputs }: GraphDef, folder: string): Promise<void> {
  const signature = {
    inputs: { [input.key]: tensorInfo(input) },
    outputs: Object.fromEntries(outputs.map((port) => [port.key, tensorInfo(port)])),
    methodName: 'tensorflow/serving/predict',
  };
  const metaGraph = {
    metaInfoDef: { tags: ['serve'], tensorflowVersion: '2.0.0' },
    graphDef: { node: nodes, versions: { producer: graphVersion } },
    signatureDef: { serving_default: signature },
  };
  const message = SavedModel.fromObject({ savedModelSchemaVersion: 1, metaGraphs: [metaGraph] });
  // The folder must be there though a frozen graph has no variables.
  await mkdir(join(folder, 'variables'), { recursive: true });
  await writeFile(join(folder, 'saved_model.pb'), SavedModel.encode(message).finish());
}

function tensorInfo({ tensor, dtype, shape }: Port) {
  return { name: `${tensor}:0`, dtype, tensorShape: shape };
}
