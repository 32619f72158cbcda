import type { Weight } from './inference-graph.ts';

/** Numbers of TensorFlow's data types (tensorflow/core/framework/types.proto). */
export const DataType = { float: 1, int32: 3, uint8: 4, string: 7, half: 19 } as const;
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
  | { readonly f: number }
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

/** A tensor that goes in or comes out, under the name that callers use. */
export interface Port {
  readonly key: string;
  readonly tensor: string;
  readonly dtype: DataType;
  readonly shape: Shape;
}

/** Attributes in TensorFlow's terms. */
export const attribute = {
  type: (type: DataType): Attribute => ({ type }),
  text: (text: string): Attribute => ({ s: new TextEncoder().encode(text) }),
  int: (i: number): Attribute => ({ i }),
  real: (f: number): Attribute => ({ f }),
  flag: (b: boolean): Attribute => ({ b }),
  ints: (i: readonly number[]): Attribute => ({ list: { i } }),
  shape: (sizes: readonly number[]): Attribute => ({ shape: shape(sizes) }),
};

/** Attributes that many operations have. */
export const float = { T: attribute.type(DataType.float) };
export const indexed = { ...float, Tidx: attribute.type(DataType.int32) };
export const nhwc = { data_format: attribute.text('NHWC') };

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

  /** Appends an input of the graph; -1 is any size. */
  input(key: string, dtype: DataType, sizes: readonly number[]): Port {
    const attr = { dtype: attribute.type(dtype), shape: attribute.shape(sizes) };
    return { key, tensor: this.add(key, 'Placeholder', [], attr), dtype, shape: shape(sizes) };
  }

  /** Appends an output of the graph: a float32 tensor once the operations named in `after` have run. */
  output(key: string, tensor: string, sizes: readonly number[], after: readonly string[] = []): Port {
    const inputs = [tensor, ...after.map((name) => `^${name}`)];
    const value = this.add(`output/${key.replace(':', '/')}`, 'Identity', inputs, float);
    return { key, tensor: value, dtype: DataType.float, shape: shape(sizes) };
  }

  /** Appends an output that says no more than that operations have run. */
  done(after: readonly string[]): Port {
    return this.output('done', this.scalar('done', 1), [], after);
  }

  /** Appends the same values in another shape; -1 is what is left over. */
  reshape(name: string, tensor: string, sizes: readonly number[], dtype: DataType = DataType.float): string {
    const shape = this.ints(`${name}/sizes`, [sizes.length], sizes);
    const attr = { T: attribute.type(dtype), Tshape: attribute.type(DataType.int32) };
    return this.add(name, 'Reshape', [tensor, shape], attr);
  }

  scalar(name: string, value: number): string {
    return this.floats(name, { shape: [], data: Float32Array.of(value) });
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
