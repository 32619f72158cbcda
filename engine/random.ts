import { createHash } from 'node:crypto';

/** Gives the next number of its sequence, in [0, 1). */
export type Random = () => number;

/**
 * The random sequence that belongs to `parts`, e.g. `randomFor(seed, 'dropout', epoch, step)`. The same parts give the
 * same sequence on every machine, and sequences of different parts are independent, so that a run that was interrupted
 * goes on as if it had not been: nothing has to be remembered.
 * xoshiro128** (Blackman and Vigna 2018), seeded with the first 128 bits of the parts' SHA-256.
 */
export function randomFor(...parts: readonly (string | number)[]): Random {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let d = digest.readUInt32LE(12);
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result / 2 ** 32;
  };
}

/** The numbers 0 … count − 1 in random order (Fisher and Yates). */
export function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
