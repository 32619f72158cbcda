import { z } from 'zod';
import { readPickle } from './read-pickle.ts';

/** A tensor of a PyTorch file: a view on its storage, element (i, j, …) at i × strides[0] + j × strides[1] + … */
export interface TorchTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly data: Float32Array;
}

const storageId = z.tuple([z.literal('storage'), z.string(), z.string(), z.string(), z.number(), z.null()]);
/** Storage, offset in it, shape, strides, … */
const tensorArguments = z
  .tuple([z.object({ persistentId: storageId }), z.number(), z.array(z.number()), z.array(z.number())])
  .rest(z.unknown());
const tensor = z.object({ call: z.literal('torch._utils._rebuild_tensor_v2'), arguments: tensorArguments });

const magic = 0x1950a86a20f9469cfc6cn;

/**
 * Reads the tensors of a legacy PyTorch file (`torch.save` before 1.6) in the order of its state dict: pickles of a
 * magic number, the protocol, the machine, the state dict and the storage keys, then per storage an int64 count and
 * its little-endian values. Batch norm's int64 step counters are left out.
 * @throws Error when the file is anything else.
 */
export function readTorchWeights(file: Uint8Array): TorchTensor[] {
  const [header, , , stateDict, keys, offset] = readPickles(file);
  if (header !== magic) throw new Error('This is not a legacy PyTorch file.');
  const found = [...z.map(z.string(), tensor).parse(stateDict)].map(([name, value]) => describe(name, value));
  const storages = readStorages(file, z.array(z.string()).parse(keys), offset, found);
  return found.filter(({ float }) => float).map((tensor) => take(tensor, storages));
}

type Found = ReturnType<typeof describe>;

function describe(name: string, { arguments: [storage, offset, shape, strides] }: z.infer<typeof tensor>) {
  const [, numberType, key] = storage.persistentId;
  if (numberType !== 'torch.FloatStorage' && numberType !== 'torch.LongStorage')
    throw new Error(`${name} is a ${numberType}.`);
  return { name, float: numberType === 'torch.FloatStorage', key, offset, shape, strides };
}

function readPickles(file: Uint8Array): [unknown, unknown, unknown, unknown, unknown, number] {
  let end = 0;
  const next = () => {
    const pickle = readPickle(file, end);
    end = pickle.end;
    return pickle.value;
  };
  return [next(), next(), next(), next(), next(), end];
}

function readStorages(file: Uint8Array, keys: string[], offset: number, tensors: Found[]) {
  const floats = new Set(tensors.filter(({ float }) => float).map(({ key }) => key));
  const { buffer, byteOffset } = file;
  const view = new DataView(buffer, byteOffset, file.byteLength);
  const storages = new Map<string, Float32Array>();
  for (const key of keys) {
    const count = Number(view.getBigInt64(offset, true));
    const start = offset + 8;
    offset = start + count * (floats.has(key) ? 4 : 8);
    if (floats.has(key))
      storages.set(key, new Float32Array(buffer.slice(byteOffset + start, byteOffset + offset)));
  }
  if (offset !== file.length) throw new Error(`The file has ${file.length - offset} bytes too many.`);
  return storages;
}

function take(
  { name, key, offset, shape, strides }: Found,
  storages: Map<string, Float32Array>,
): TorchTensor {
  const storage = storages.get(key);
  if (!storage) throw new Error(`${name} has no storage.`);
  return { name, shape, strides, data: storage.subarray(offset) };
}

/** The tensor's values row-major, its axes in the given order. */
export function transpose(
  tensor: TorchTensor,
  axes: readonly number[],
): { shape: number[]; data: Float32Array } {
  const shape = axes.map((axis) => tensor.shape[axis] ?? 1);
  let places = [0];
  for (const axis of axes) {
    const steps = Array.from({ length: tensor.shape[axis] ?? 1 }, (_, i) => i * (tensor.strides[axis] ?? 0));
    places = places.flatMap((place) => steps.map((step) => place + step));
  }
  return { shape, data: Float32Array.from(places, (place) => tensor.data[place] ?? NaN) };
}
