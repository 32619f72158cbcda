import type { Weight } from './inference-graph.ts';

/** Numbers of TensorFlow's data types (tensorflow/core/framework/types.proto). */
export const DataType = { float: 1, int32: 3, uint8: 4, string: 7 } as const;
export type DataType = (typeof DataType)[keyof typeof DataType];

/** A constant: row-major, little-endian. */
export interface Constant {
  readonly dtype: DataType;
  readonly tensorShape: Shape;
  readonly tensorContent: Uint8Array;
}

export interface Shape {
  /** -1 is any size. */
  readonly dim: readonly { readonly size: number }[];
}

/** One value of tensorflow/core/framework/attr_value.proto. */
export type Attribute =
  | { readonly type: DataType }
  | { readonly i: number }
  | { readonly b: boolean }
  | { readonly s: Uint8Array }
  | { readonly list: { readonly i: readonly number[] } }
  | { readonly shape: Shape }
  | { readonly tensor: Constant };

export type Attributes = Readonly<Record<string, Attribute>>;

/** One operation (tensorflow/core/framework/node_def.proto). */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Attributes;
}

/** Attributes in TensorFlow's terms. */
export const attribute = {
  type: (type: DataType): Attribute => ({ type }),
  text: (text: string): Attribute => ({ s: new TextEncoder().encode(text) }),
  int: (i: number): Attribute => ({ i }),
  flag: (b: boolean): Attribute => ({ b }),
  ints: (i: readonly number[]): Attribute => ({ list: { i } }),
  shape: (sizes: readonly number[]): Attribute => ({ shape: shape(sizes) }),
};

/** The shape of that many positions on each axis. */
export function shape(sizes: readonly number[]): Shape {
  return { dim: sizes.map((size) => ({ size })) };
}

/** Collects operations each under a name that no other has. */
export class NodeDefs {
  readonly nodes: NodeDef[] = [];
  private readonly taken = new Set<string>();

  /** Appends an operation and gives its name, which is also that of its first output. */
  add(name: string, op: string, input: readonly string[], attr: Attributes = {}): string {
    const free = this.free(name);
    this.nodes.push({ name: free, op, input, attr });
    return free;
  }

  floats(name: string, { shape: sizes, data }: Weight): string {
    return this.constant(name, DataType.float, sizes, data);
  }

  ints(name: string, sizes: readonly number[], values: readonly number[]): string {
    return this.constant(name, DataType.int32, sizes, Int32Array.from(values));
  }

  private constant(
    name: string,
    dtype: DataType,
    sizes: readonly number[],
    data: Float32Array | Int32Array,
  ): string {
    const tensorContent = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const value = { tensor: { dtype, tensorShape: shape(sizes), tensorContent } };
    return this.add(name, 'Const', [], { dtype: attribute.type(dtype), value });
  }

  private free(name: string): string {
    let free = name;
    for (let n = 2; this.taken.has(free); n++) free = `${name}_${n}`;
    this.taken.add(free);
    return free;
  }
}
