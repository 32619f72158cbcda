import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import type { PixelScale } from '../../contract/index.ts';
import { graphVersion, toGraphDef, type GraphDef, type PortNames } from './graphdef.ts';
import type { InferenceGraph } from './inference-graph.ts';
import type { NodeDef, Port } from './node-defs.ts';

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
  await writeSignatures(callableGraph(def), folder);
  return { input: def.input, outputs: def.outputs };
}

/** One way to call a graph: what goes in and what comes out. */
export interface Signature {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** Operations that can be called in several ways, each by its name; the operations that a call doesn't need don't run. */
export interface CallableGraph<Name extends string = string> {
  readonly nodes: readonly NodeDef[];
  readonly signatures: Readonly<Record<Name, Signature>>;
}

/** A graph that is called in one way only, by the name that tools look for first. */
export function callableGraph({ nodes, input, outputs }: GraphDef): CallableGraph<'serving_default'> {
  return { nodes, signatures: { serving_default: { inputs: [input], outputs } } };
}

/** Writes operations as a SavedModel of several signatures, which share one session and its variables. */
export async function writeSignatures({ nodes, signatures }: CallableGraph, folder: string): Promise<void> {
  const metaGraph = {
    metaInfoDef: { tags: ['serve'], tensorflowVersion: '2.0.0' },
    graphDef: { node: nodes, versions: { producer: graphVersion } },
    signatureDef: Object.fromEntries(
      Object.entries<Signature>(signatures).map(([name, { inputs, outputs }]) => [
        name,
        {
          inputs: tensorInfos(inputs),
          outputs: tensorInfos(outputs),
          methodName: 'tensorflow/serving/predict',
        },
      ]),
    ),
  };
  const message = SavedModel.fromObject({ savedModelSchemaVersion: 1, metaGraphs: [metaGraph] });
  // The folder must be there though the file holds no values of variables.
  await mkdir(join(folder, 'variables'), { recursive: true });
  await writeFile(join(folder, 'saved_model.pb'), SavedModel.encode(message).finish());
}

function tensorInfos(ports: readonly Port[]) {
  return Object.fromEntries(
    ports.map(({ key, tensor, dtype, shape }) => [key, { name: `${tensor}:0`, dtype, tensorShape: shape }]),
  );
}
