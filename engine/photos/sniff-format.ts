import { readTiff, Tag } from './read-tiff.ts';
import { SkipError } from './skip-error.ts';

/** What a file is by its bytes. Every camera's RAW is `raw`: they are all read through their embedded preview. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'heic' | 'bmp' | 'raw';

type Magic = [at: number, bytes: string];

const formats: [PhotoFormat, ...Magic[]][] = [
  ['jpeg', [0, '\xff\xd8\xff']],
  ['png', [0, '\x89PNG\r\n\x1a\n']],
  ['webp', [0, 'RIFF'], [8, 'WEBP']],
  ['gif', [0, 'GIF8']],
  ['bmp', [0, 'BM'], [15, '\0\0\0']],
  ['raw', [0, 'FUJIFILMCCD-RAW']],
  ['raw', [0, '\0MRM']],
  ['raw', [0, 'IIRO']],
  ['raw', [0, 'IIRS']],
  ['raw', [0, 'MMOR']],
  ['raw', [0, 'IIU\0']],
  ['raw', [0, 'II\x1a\0\0\0HEAPCCDR']],
  ['raw', [4, 'ftypcrx ']],
];

/** Pictures that can't be read yet. */
const unsupported: [string, ...Magic[]][] = [
  ['a JPEG XL', [0, '\xff\x0a']],
  ['a JPEG XL', [4, 'JXL \r\n']],
  ['a JPEG 2000', [4, 'jP  \r\n']],
  ['a Photoshop', [0, '8BPS']],
  ['a Sigma RAW', [0, 'FOVb']],
  ['an OpenEXR', [0, 'v/1\x01']],
];

const notPhotos: [string, ...Magic[]][] = [
  ['a video', [4, 'ftyp']],
  ['a video', [4, 'moov']],
  ['a video', [0, 'RIFF'], [8, 'AVI ']],
  ['a video', [0, '\x1aE\xdf\xa3']],
  ['a PDF document', [0, '%PDF']],
  ['an SVG drawing', [0, '<svg']],
  ['a ZIP archive', [0, 'PK\x03\x04']],
];

/**
 * A file's format by its first bytes, whatever its name says. Throws {@link SkipError}: UNSUPPORTED_FORMAT for pictures that
 * can't be read, NOT_A_PHOTO for everything else.
 */
export function sniffFormat(bytes: Buffer): PhotoFormat {
  if (bytes.length === 0) throw new SkipError('EMPTY_FILE', 'The file is empty (0 bytes).');
  const format = find(formats, bytes) ?? sniffHeif(bytes) ?? sniffTiff(bytes);
  if (format !== undefined) return format;
  const picture = find(unsupported, bytes);
  if (picture !== undefined)
    throw new SkipError(
      'UNSUPPORTED_FORMAT',
      `This is ${picture} file, which can't be read yet; save it as JPEG.`,
    );
  const other = find(notPhotos, bytes);
  throw new SkipError(
    'NOT_A_PHOTO',
    other === undefined ? 'This is not a photo.' : `This is ${other}, not a photo.`,
  );
}

function find<T extends string>(table: [T, ...Magic[]][], bytes: Buffer): T | undefined {
  const matches = (magic: Magic) =>
    bytes.toString('latin1', magic[0], magic[0] + magic[1].length) === magic[1];
  return table.find(([, ...magics]) => magics.every(matches))?.[0];
}

/** ISO/IEC 23008-12: the brands behind `ftyp` say which codec the still picture needs. */
function sniffHeif(bytes: Buffer): PhotoFormat | undefined {
  if (bytes.toString('latin1', 4, 8) !== 'ftyp') return undefined;
  const brands = bytes.toString('latin1', 8, Math.min(bytes.readUInt32BE(0), 256)).match(/.{4}/gs) ?? [];
  if (brands.some((brand) => /^avi[fs]$/.test(brand))) return 'avif';
  return brands.some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)) ? 'heic' : undefined;
}

/** Photometric interpretations of a sensor's mosaic: colour filter array, and DNG's demosaiced LinearRaw. */
const sensorData = [32803, 34892];

/** Most RAW formats are TIFFs; what makes one is sensor data in any of its directories. */
function sniffTiff(bytes: Buffer): PhotoFormat | undefined {
  const head = bytes.toString('latin1', 0, 4);
  if (head !== 'II*\0' && head !== 'MM\0*' && head !== 'II+\0' && head !== 'MM\0+') return undefined;
  if (bytes.toString('latin1', 8, 10) === 'CR') return 'raw';
  const isRaw = readTiff(bytes).some(
    (ifd) =>
      ifd.numbers(Tag.dngVersion).length > 0 || sensorData.includes(ifd.numbers(Tag.photometric)[0] ?? -1),
  );
  return isRaw ? 'raw' : 'tiff';
}
