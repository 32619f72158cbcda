import protobuf from 'protobufjs';
import type { Weight } from './inference-graph.ts';

/** The part of ONNX's schema (onnx/onnx.proto) that a network needs. */
const schema = protobuf.parse(`
  syntax = "proto2";
  message Model {
    optional int64 ir_version = 1; optional string producer_name = 2; optional Graph graph = 7;
    repeated OperatorSet opset_import = 8;
  }
  message OperatorSet { optional string domain = 1; optional int64 version = 2; }
  message Graph {
    repeated Node node = 1; optional string name = 2; repeated Tensor initializer = 5;
    repeated ValueInfo input = 11; repeated ValueInfo output = 12;
  }
  message Node {
    repeated string input = 1; repeated string output = 2; optional string name = 3; optional string op_type = 4;
    repeated Attribute attribute = 5;
  }
  message Attribute {
    optional string name = 1; optional float f = 2; optional int64 i = 3; repeated int64 ints = 8; optional int32 type = 20;
  }
  message Tensor {
    repeated int64 dims = 1; optional int32 data_type = 2; optional string name = 8; optional bytes raw_data = 9;
  }
  message ValueInfo { optional string name = 1; optional Type type = 2; }
  message Type { optional TensorType tensor_type = 1; }
  message TensorType { optional int32 elem_type = 1; optional Shape shape = 2; }
  message Shape { repeated Dimension dim = 1; }
  message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }
`);

const Model = schema.root.lookupType('Model');

/** Numbers of ONNX's element types (TensorProto.DataType). */
export const ElementType = { float: 1, uint8: 2, int64: 7 } as const;
type ElementType = (typeof ElementType)[keyof typeof ElementType];

/** A tensor that goes in or comes out: `[N, ...shape]`. */
interface ValueInfo {
  readonly name: string;
  readonly type: { readonly tensorType: { readonly elemType: ElementType; readonly shape: object } };
}

/** Settings of an operation: whole numbers, lists of them, and reals. */
export type Settings = Readonly<Record<string, number | readonly number[] | { readonly real: number }>>;

/** Collects the operations and constants of an ONNX graph. A value has the name of the operation that gives it. */
export class OnnxGraph {
  private readonly node: object[] = [];
  private readonly initializer: object[] = [];
  private readonly taken = new Set<string>();

  /** Appends an operation and gives the name of its value. */
  add(name: string, opType: string, input: readonly string[], settings: Settings = {}): string {
    const output = this.free(name);
    this.give(output, opType, input, settings);
    return output;
  }

  /** Appends an operation whose value has a name that was kept for it. */
  give(output: string, opType: string, input: readonly string[], settings: Settings = {}): void {
    const attribute = Object.entries(settings).map(([name, value]) => {
      // 1, 2 and 7 are FLOAT, INT and INTS of AttributeProto.AttributeType.
      if (typeof value === 'number') return { name, i: value, type: 2 };
      return 'real' in value ? { name, f: value.real, type: 1 } : { name, ints: value, type: 7 };
    });
    this.node.push({ name: output, opType, input, output: [output], attribute });
  }

  floats(name: string, { shape, data }: Weight): string {
    return this.constant(name, ElementType.float, shape, data);
  }

  ints(name: string, values: readonly number[]): string {
    return this.constant(name, ElementType.int64, [values.length], BigInt64Array.from(values.map(BigInt)));
  }

  /** Keeps a name for an input or output of the graph. */
  free(name: string): string {
    let free = name;
    for (let n = 2; this.taken.has(free); n++) free = `${name}_${n}`;
    this.taken.add(free);
    return free;
  }

  /** The bytes of an `.onnx` file of operator set 13, which every ONNX runtime since 2020 reads. */
  encode(name: string, input: readonly ValueInfo[], output: readonly ValueInfo[]): Uint8Array {
    const graph = { name, node: this.node, initializer: this.initializer, input, output };
    const opsetImport = [{ domain: '', version: 13 }];
    return Model.encode(
      Model.fromObject({ irVersion: 7, producerName: 'scenelab', opsetImport, graph }),
    ).finish();
  }

  private constant(
    name: string,
    dataType: ElementType,
    dims: readonly number[],
    data: Float32Array | BigInt64Array,
  ): string {
    const free = this.free(name);
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializer.push({ name: free, dataType, dims, rawData });
    return free;
  }
}

/** Declares a tensor of any batch size: `[N, ...shape]`. */
export function valueInfo(name: string, elemType: ElementType, shape: readonly number[]): ValueInfo {
  const dim = [{ dimParam: 'N' }, ...shape.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
