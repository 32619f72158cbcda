import { expect, test } from 'vitest';
import { readTorchWeights, transpose } from './read-torch-weights.ts';

/** Opcodes of Python's `pickletools`, as `torch.save` writes them. */
const text = (value: string) => [0x58, value.length, 0, 0, 0, ...Buffer.from(value)];
const global = (module: string, name: string) => [0x63, ...Buffer.from(`${module}\n${name}\n`)];
const byte = (value: number) => [0x4b, value];
const tuple = (...values: number[][]) => [0x28, ...values.flat(), 0x74];
const pickle = (...body: number[][]) => [0x80, 2, ...body.flat(), 0x2e];
const reduce = 0x52;
const persistentId = 0x51;
const orderedDict = [...global('collections', 'OrderedDict'), 0x29, reduce];

function tensor(kind: 'Float' | 'Long', key: string, shape: number[], strides: number[]): number[] {
  const count = shape.reduce((n, side) => n * side, 1);
  const storage = tuple(
    text('storage'),
    global('torch', `${kind}Storage`),
    text(key),
    text('cpu'),
    byte(count),
    [0x4e],
  );
  return [
    ...global('torch._utils', '_rebuild_tensor_v2'),
    ...tuple(
      [...storage, persistentId],
      byte(0),
      tuple(...shape.map(byte)),
      tuple(...strides.map(byte)),
      [0x89],
      orderedDict,
    ),
    reduce,
  ];
}

function storage(values: number[], bytesEach: 4 | 8): Buffer {
  const count = Buffer.from(BigInt64Array.of(BigInt(values.length)).buffer);
  const data = bytesEach === 4 ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  return Buffer.concat([count, Buffer.from(data.buffer)]);
}

/** A 2 × 3 kernel stored column by column and a step counter, the storages in the other order. */
const magic = [0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
const file = Buffer.concat([
  Buffer.from(pickle(magic)),
  Buffer.from(pickle([0x4d, 0xe9, 0x03])),
  Buffer.from(pickle([0x7d])),
  Buffer.from(
    pickle(
      orderedDict,
      [0x28],
      text('fc.weight'),
      tensor('Float', '7', [2, 3], [1, 2]),
      text('bn.steps'),
      tensor('Long', '5', [1], [1]),
      [0x75],
    ),
  ),
  Buffer.from(pickle([0x5d, 0x28], text('5'), text('7'), [0x65])),
  storage([900], 8),
  storage([1, 4, 2, 5, 3, 6], 4),
]);

test('tensors are read through their strides, step counters left out', () => {
  const tensors = readTorchWeights(file);
  expect(tensors.map(({ name, shape }) => ({ name, shape }))).toEqual([{ name: 'fc.weight', shape: [2, 3] }]);
  const [weight] = tensors;
  if (!weight) throw new Error('no tensor');
  expect(transpose(weight, [0, 1])).toEqual({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
  expect(transpose(weight, [1, 0])).toEqual({ shape: [3, 2], data: Float32Array.of(1, 4, 2, 5, 3, 6) });
});

test('a file with bytes missing or left over is refused', () => {
  expect(() => readTorchWeights(file.subarray(0, -4))).toThrow();
  expect(() => readTorchWeights(Buffer.concat([file, Buffer.alloc(4)]))).toThrow('4 bytes too many');
});

test('a pickle that is no PyTorch file is refused', () => {
  expect(() => readTorchWeights(Buffer.from(pickle(byte(1), [0x61])))).toThrow();
});
