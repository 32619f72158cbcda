import type { Weight } from './inference-graph.ts';
import { toFlatbuffer, type Field, type Table } from './flatbuffer.ts';

/** Operations and the tables of their options, by their numbers in TFLite's schema (schema.fbs, BuiltinOperator and BuiltinOptions). */
const operations = {
  add: { code: 0, options: 11 },
  'average-pool': { code: 1, options: 5 },
  concat: { code: 2, options: 10 },
  conv: { code: 3, options: 1 },
  'depthwise-conv': { code: 4, options: 2 },
  dense: { code: 9, options: 8 },
  'local-response-norm': { code: 13, options: 13 },
  'max-pool': { code: 17, options: 5 },
  multiply: { code: 18, options: 21 },
  relu: { code: 19, options: 0 },
  relu6: { code: 21, options: 0 },
  reshape: { code: 22, options: 17 },
  softmax: { code: 25, options: 9 },
  tanh: { code: 28, options: 0 },
  pad: { code: 34, options: 22 },
  mean: { code: 40, options: 27 },
  'add-n': { code: 106, options: 82 },
} as const;
export type Operation = keyof typeof operations;

/** Numbers of element types (TensorType). */
const ElementType = { float32: 0, int32: 2 } as const;

/** A tensor's place in the file. */
export type TensorIndex = number;

/** Something that is kept in the file besides the network, under a name. */
export interface Metadata {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Collects the tensors and operations of a TFLite model, which answers one image at a time. */
export class TfliteModel {
  // The first buffer is empty: tensors that are computed name it.
  readonly #buffers: Table[] = [[]];
  readonly #tensors: Table[] = [];
  readonly #codes: Operation[] = [];
  readonly #operators: Table[] = [];

  /** A tensor that is computed, `[1, ...shape]` float32. */
  tensor(name: string, shape: readonly number[]): TensorIndex {
    return this.#tensor(name, [1, ...shape], ElementType.float32, 0);
  }

  floats(name: string, { shape, data }: Weight): TensorIndex {
    return this.#tensor(name, shape, ElementType.float32, this.#buffer(bytesOf(data)));
  }

  ints(name: string, shape: readonly number[], values: readonly number[]): TensorIndex {
    return this.#tensor(name, shape, ElementType.int32, this.#buffer(bytesOf(Int32Array.from(values))));
  }

  /** Appends an operation. `options` are the fields of its table. */
  add(
    operation: Operation,
    inputs: readonly TensorIndex[],
    output: TensorIndex,
    options: Table = [],
  ): TensorIndex {
    if (!this.#codes.includes(operation)) this.#codes.push(operation);
    const { options: kind } = operations[operation];
    const code = this.#codes.indexOf(operation);
    const table = kind === 0 ? [] : [int8(kind), { table: options }];
    this.#operators.push([int32(code), { int32s: inputs }, { int32s: [output] }, ...table]);
    return output;
  }

  /** The bytes of a `.tflite` file of schema version 3, which every interpreter since 2018 reads. */
  encode(
    name: string,
    input: { name: string; tensor: TensorIndex },
    outputs: readonly { name: string; tensor: TensorIndex }[],
    metadata: readonly Metadata[] = [],
  ): Uint8Array {
    const codes = this.#codes.map((operation): Table => {
      const { code } = operations[operation];
      return [int8(code), null, int32(1), int32(code)];
    });
    const described = metadata.map(({ name, bytes }): Table => [{ text: name }, int32(this.#buffer(bytes))]);
    const ends = {
      inputs: { int32s: [input.tensor] },
      outputs: { int32s: outputs.map(({ tensor }) => tensor) },
    };
    const graph = [
      { tables: this.#tensors },
      ends.inputs,
      ends.outputs,
      { tables: this.#operators },
      { text: name },
    ];
    const port = ({ name, tensor }: typeof input): Table => [{ text: name }, int32(tensor)];
    const signature = [{ tables: [port(input)] }, { tables: outputs.map(port) }, { text: 'serving_default' }];
    const model = [
      int32(3),
      { tables: codes },
      { tables: [graph] },
      { text: 'Scenelab' },
      { tables: this.#buffers },
      null,
      { tables: described },
      { tables: [signature] },
    ];
    return toFlatbuffer(model, 'TFL3');
  }

  #tensor(name: string, shape: readonly number[], elementType: number, buffer: number): TensorIndex {
    return this.#tensors.push([{ int32s: shape }, int8(elementType), int32(buffer), { text: name }]) - 1;
  }

  #buffer(bytes: Uint8Array): number {
    return this.#buffers.push([{ bytes }]) - 1;
  }
}

export const int8 = (value: number): Field => ({ int8: value });
export const int32 = (value: number): Field => ({ int32: value });
export const float32 = (value: number): Field => ({ float32: value });

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
