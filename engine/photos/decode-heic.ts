import { Worker } from 'node:worker_threads';
import { deflateSync, crc32 } from 'node:zlib';
import type { RawImage } from './decode-bmp.ts';
import { SkipError } from './skip-error.ts';

/** Seconds of processor time after which a photo counts as one that hangs the decoder; 12 megapixels take about one. */
const slowest = 60;

/**
 * Decodes a HEIC photo (libheif in WebAssembly; sharp's own build lacks HEVC). It is upright: the container's rotation and
 * mirror are applied, EXIF orientation must not be (ISO/IEC 23008-12, 6.5.10). Colours stay in the photo's own space. A thread
 * for each photo costs a tenth of the decoding, gives all memory back and can be ended. Throws {@link SkipError} DAMAGED.
 */
export function decodeHeic(bytes: Buffer): Promise<RawImage> {
  // stdout and stderr: the decoder prints its complaints; they must not reach ours.
  const worker = new Worker(new URL('./heic-worker.ts', import.meta.url), {
    workerData: bytes,
    stdout: true,
    stderr: true,
  });
  return new Promise<RawImage>((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(new SkipError('DAMAGED', "The HEIC photo is damaged and can't be decoded.", cause));
    const watch = setInterval(async () => {
      const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 })); // it has just ended
      if (user + system > slowest * 1e6) fail(new Error(`not decoded within ${slowest} s of processor time`));
    }, 5000);
    worker.once('message', (image: { width: number; height: number; data: Uint8ClampedArray }) => {
      const { buffer, byteOffset, byteLength } = image.data;
      resolve({ ...image, data: new Uint8Array(buffer, byteOffset, byteLength), channels: 4 });
    });
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`decoder ended with ${code}`)));
    worker.once('exit', () => clearInterval(watch));
  }).finally(() => worker.terminate());
}

/** A PNG with a colour profile put into it (chunk iCCP; PNG specification, 11.3.2.3), so that decoding it converts colours. */
export function assignProfile(png: Buffer, profile: Buffer): Buffer {
  const headerEnd = 33;
  const body = Buffer.concat([Buffer.from('iCCPprofile\0\0', 'latin1'), deflateSync(profile)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, headerEnd), length, body, checksum, png.subarray(headerEnd)]);
}
