import { readTiff, Tag, type Ifd } from './read-tiff.ts';

/** What a photo's EXIF says about its making. */
export interface Exif {
  /** Local time of the camera, ISO 8601 without zone, e.g. `2024-05-17T09:30:01.25`. */
  takenAt: string | null;
  /** Maker and model, e.g. `NIKON D70`. */
  camera: string | null;
}

/** The directories of an EXIF block with or without its `Exif\0\0` prefix; none when there is no block or no sense in it. */
export function exifDirectories(block: Buffer | undefined): Ifd[] {
  if (block === undefined) return [];
  const prefix = block.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0;
  return readTiff(block.subarray(prefix));
}

/** Time and camera from EXIF directories. Never throws: what is absent or damaged is null. */
export function readExif(ifds: Ifd[]): Exif {
  const text = (tag: number) => ifds.map((ifd) => ifd.text(tag)).find((value) => value !== '') ?? '';
  return {
    takenAt: isoTime(text(Tag.dateTimeOriginal), text(Tag.subSecTimeOriginal)),
    camera: cameraName(text(Tag.make), text(Tag.model)),
  };
}

/** `2024:05:17 09:30:01` and `25` as `2024-05-17T09:30:01.25`; null for what is no point in time. */
function isoTime(dateTime: string, subSeconds: string): string | null {
  const [, date, time] = /^(\d{4}[:-]\d\d[:-]\d\d)[ T](\d\d:\d\d:\d\d)/.exec(dateTime) ?? [];
  if (date === undefined || time === undefined) return null;
  const iso = `${date.replaceAll(':', '-')}T${time}`;
  if (Number.isNaN(Date.parse(`${iso}Z`))) return null;
  return /^\d+$/.test(subSeconds) ? `${iso}.${subSeconds}` : iso;
}

/** Maker and model without saying the maker twice: `Canon` and `Canon EOS R5` are `Canon EOS R5`. */
function cameraName(make: string, model: string): string | null {
  const maker = make.split(' ')[0] ?? '';
  const name = model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${make} ${model}`;
  return name.trim() || null;
}
