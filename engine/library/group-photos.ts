import { DisjointSets } from './disjoint-sets.ts';

/** What tells whether two photos are near-twins. */
export interface GroupablePhoto {
  /** Difference hash, 16 hex digits. */
  perceptualHash: string;
  /** Local time, ISO 8601 without zone. */
  takenAt: string | null;
  camera: string | null;
  /** Photos of the same folder belong together; null: the folder says nothing. */
  folder: string | null;
}

/**
 * Largest number of differing bits of near-duplicates. Among 840 different photos the true pairs differed in 0 … 5 and the
 * first false one (two hazy skies) in 5.
 */
const mostBits = 4;
/** Without any edge (a blank page, a lens cap) all cells are alike: such photos are not near-duplicates of each other. */
const saysNothing = new Set(['0'.repeat(16), 'f'.repeat(16)]);
const burstSeconds = 3;
/** More photos than that in one second are not a burst: their clock stands still. */
const mostPerSecond = 60;

/**
 * Groups photos that must not be parted by a split: near-duplicates, bursts (same camera, at most three seconds from one
 * to the next), and the same `folder`. Gives the photos of each group by their indices.
 */
export function groupPhotos(photos: readonly GroupablePhoto[]): number[][] {
  const sets = new DisjointSets(photos.length);
  joinEqual(sets, photos, ({ folder }) => folder);
  joinNearDuplicates(sets, photos);
  joinBursts(sets, photos);
  const groups = Map.groupBy(photos.keys(), (index) => sets.find(index));
  return [...groups.values()];
}

function joinEqual(
  sets: DisjointSets,
  photos: readonly GroupablePhoto[],
  key: (photo: GroupablePhoto) => string | null,
): Map<string, number> {
  const first = new Map<string, number>();
  for (const [index, photo] of photos.entries()) {
    const value = key(photo);
    if (value === null) continue;
    const known = first.get(value);
    if (known === undefined) first.set(value, index);
    else sets.join(known, index);
  }
  return first;
}

interface Hash {
  readonly index: number;
  /** Its first and its last 32 bits. */
  readonly high: number;
  readonly low: number;
}

/** Of so few, comparing all with all costs less than parting them. */
const few = 64;

function joinNearDuplicates(sets: DisjointSets, photos: readonly GroupablePhoto[]): void {
  const distinct = joinEqual(sets, photos, ({ perceptualHash }) =>
    saysNothing.has(perceptualHash) ? null : perceptualHash,
  );
  const hashes = [...distinct].map(([hash, index]) => ({
    index,
    high: Number.parseInt(hash.slice(0, 8), 16) | 0,
    low: Number.parseInt(hash.slice(8), 16) | 0,
  }));
  joinAlike(sets, hashes, [...Array(64).keys()]);
}

/**
 * Joins different hashes that differ in few of the bits `places` and in no others. Two that differ in at most four bits
 * agree in at least one of five bands of bits, so only those that share a band are compared, parted in the same way by the
 * places that are left while they are many: time doesn't grow with the square of their number.
 */
function joinAlike(sets: DisjointSets, hashes: readonly Hash[], places: readonly number[]): void {
  if (hashes.length <= few) return compareAll(sets, hashes);
  const set = sets.find(hashes[0]?.index ?? 0);
  if (hashes.every(({ index }) => sets.find(index) === set)) return;
  const bands = mostBits + 1;
  for (let band = 0; band < bands; band += 1) {
    const shared = places.filter((_, i) => i % bands === band);
    const left = places.filter((_, i) => i % bands !== band);
    for (const alike of Map.groupBy(hashes, (hash) => bitsAt(hash, shared)).values())
      joinAlike(sets, alike, left);
  }
}

function compareAll(sets: DisjointSets, hashes: readonly Hash[]): void {
  for (const [i, a] of hashes.entries())
    for (let j = 0; j < i; j += 1) {
      const b = hashes[j];
      if (b && countBits(a.high ^ b.high) + countBits(a.low ^ b.low) <= mostBits) sets.join(a.index, b.index);
    }
}

/** The bits of a hash at some places (0 … 63) as one number. */
function bitsAt({ high, low }: Hash, places: readonly number[]): number {
  let bits = 0;
  for (const place of places) bits = (bits << 1) | (((place < 32 ? high : low) >>> (place & 31)) & 1);
  return bits;
}

/** Bits that are set in a 32-bit number. */
function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function joinBursts(sets: DisjointSets, photos: readonly GroupablePhoto[]): void {
  const shots = [...photos.entries()].flatMap(([index, { camera, takenAt }]) => {
    const time = takenAt === null ? Number.NaN : Date.parse(`${takenAt}Z`) / 1000;
    return camera === null || Number.isNaN(time) ? [] : [{ index, camera, time }];
  });
  for (const ofCamera of Map.groupBy(shots, ({ camera }) => camera).values()) {
    const perSecond = Map.groupBy(ofCamera, ({ time }) => Math.floor(time));
    const timed = [...perSecond.values()].filter(({ length }) => length <= mostPerSecond).flat();
    timed.sort((a, b) => a.time - b.time);
    for (const [i, shot] of timed.entries()) {
      const before = timed[i - 1];
      if (before && shot.time - before.time <= burstSeconds) sets.join(before.index, shot.index);
    }
  }
}
