import { hash } from 'node:crypto';
import type { PhotoId } from '../../contract/index.ts';

/** SHA-256 of a file's bytes as 64 lower-case hex digits. */
export function photoId(bytes: Uint8Array): PhotoId {
  return hash('sha256', bytes, 'hex');
}
