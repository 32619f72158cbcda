import { zipSync, strToU8 } from 'fflate';
import { toFlatbuffer, type Table } from '../graph/index.ts';
import type { PixelScale } from '../../contract/index.ts';

const labelsFile = 'labels.txt';
// Numbers of the metadata's schema (metadata_schema.fbs).
const imageProperties = 2;
const normalization = 1;
const rgb = 1;
const axisLabels = 2;

/**
 * What MediaPipe, ML Kit and Android's samples want to know of an image classifier, under the name by which they look for it: how
 * pixels are scaled, and in which file at the end the classes stand (TFLite Metadata 1.0).
 */
export function tfliteMetadata({ mean, standardDeviation }: PixelScale): { name: string; bytes: Uint8Array } {
  const scaling: Table = [{ float32s: [mean] }, { float32s: [standardDeviation] }];
  const range = [255, 0].map((pixel) => ({ float32s: [(pixel - mean) / standardDeviation] }));
  const image: Table = [
    { text: 'image' },
    { text: 'A photo, upright and framed to the size of this tensor.' },
    null,
    { table: [{ int8: imageProperties }, { table: [{ int8: rgb }] }] },
    { tables: [[{ int8: normalization }, { table: scaling }]] },
    { table: range },
  ];
  const probability: Table = [
    { text: 'probability' },
    { text: 'Of each class; they add up to 1.' },
    null,
    null,
    null,
    { table: [{ float32s: [1] }, { float32s: [0] }] },
    { tables: [[{ text: labelsFile }, { text: 'The classes, one a line.' }, { int8: axisLabels }]] },
  ];
  const network: Table = [null, null, { tables: [image] }, { tables: [probability] }];
  const model: Table = [{ text: 'Scenelab classifier' }, null, null, { tables: [network] }];
  return { name: 'TFLITE_METADATA', bytes: toFlatbuffer(model, 'M001') };
}

/** The model with its classes in a ZIP at its end, which is where its metadata says that they are. */
export function withLabels(model: Uint8Array, classNames: readonly string[]): Uint8Array {
  const text = strToU8(classNames.map((name) => `${name}\n`).join(''));
  const zip = zipSync({ [labelsFile]: [text, { level: 0 }] });
  moveBy(zip, model.length);
  const whole = new Uint8Array(model.length + zip.length);
  whole.set(model);
  whole.set(zip, model.length);
  return whole;
}

/** Makes the places in a ZIP of one file, whose directory is its end, count from so many bytes before it (APPNOTE 4.3.12, 4.3.16). */
function moveBy(zip: Uint8Array, bytes: number): void {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = zip.length - 22;
  const directory = view.getUint32(end + 16, true);
  view.setUint32(end + 16, directory + bytes, true);
  view.setUint32(directory + 42, view.getUint32(directory + 42, true) + bytes, true);
}
