import { strFromU8, unzipSync } from 'fflate';
import { ByteBuffer } from 'flatbuffers';
import { expect, test } from 'vitest';
import { tfliteMetadata, withLabels } from './tflite-metadata.ts';

/** Follows fields (and first elements of vectors, as `0`) through a FlatBuffers file; the place where they end. */
function follow(file: ByteBuffer, path: readonly (number | 'first')[]): number {
  return path.reduce<number>(
    (place, step) =>
      step === 'first'
        ? file.__indirect(file.__vector(place))
        : place + (file.__offset(place, 4 + 2 * step) || NaN),
    file.readInt32(0),
  );
}

test('the metadata says how pixels are scaled and in which file the classes are', () => {
  const { name, bytes } = tfliteMetadata({ mean: 127, standardDeviation: 128 });
  expect(name).toBe('TFLITE_METADATA');
  const file = new ByteBuffer(bytes);
  expect(file.getBufferIdentifier()).toBe('M001');
  // subgraph_metadata, input_tensor_metadata, process_units
  const unit = follow(file, [3, 'first', 2, 'first', 4, 'first']);
  expect(file.readInt8(unit + file.__offset(unit, 4))).toBe(1);
  const options = file.__indirect(unit + file.__offset(unit, 6));
  const [mean, deviation] = [4, 6].map((slot) =>
    file.readFloat32(file.__vector(options + file.__offset(options, slot))),
  );
  expect([mean, deviation]).toEqual([127, 128]);
  // output_tensor_metadata, associated_files
  const labels = follow(file, [3, 'first', 3, 'first', 6, 'first']);
  expect(file.__string(labels + file.__offset(labels, 4))).toBe('labels.txt');
  expect(file.readInt8(labels + file.__offset(labels, 8))).toBe(2);
});

test('the classes are read from the end of the model, which stays as it is', () => {
  const model = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const whole = withLabels(model, ['sea', 'mountain, high']);
  expect(whole.subarray(0, 1000)).toEqual(model);
  const files = unzipSync(whole);
  expect(Object.keys(files)).toEqual(['labels.txt']);
  expect(strFromU8(files['labels.txt'] ?? new Uint8Array())).toBe('sea\nmountain, high\n');
});
