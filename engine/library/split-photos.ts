import { hash } from 'node:crypto';
import { Split, type PhotoId } from '../../contract/index.ts';
import { groupPhotos, type GroupablePhoto } from './group-photos.ts';

/** A photo as far as it matters for the split. */
export interface SplitPhoto extends GroupablePhoto {
  id: PhotoId;
  /** Null: it only ties others together, gets no split and isn't counted. */
  label: string | null;
  /** The splits that are open to it; null: all. */
  choices: readonly Split[] | null;
  /** What it has already; never changed. */
  split: Split | null;
  group: string | null;
}

export interface Placement {
  split: Split;
  group: string;
}

const shares: Record<Split, number> = { train: 0.7, validation: 0.15, test: 0.15 };
/** Which split comes first when several are as far below their share. */
const precedence: readonly Split[] = ['train', 'test', 'validation'];

/** Photos of a group that the same splits are open to: they are placed together. */
interface Unit {
  group: string;
  members: readonly SplitPhoto[];
  choices: readonly Split[];
  waiting: SplitPhoto[];
  label: string;
}

/**
 * Gives every labelled photo without a split its split and group; it doesn't depend on the order of `photos`. A group that
 * has a split keeps it. The others come in the order of SHA-256(salt, group) and go to the split that is furthest below
 * 70/15/15 for their label, half of the group counted (Webster's method), but while a label has as few groups left as it has
 * empty splits they go to those: every label with three groups has one in each. `choices` are kept even where they part a group.
 */
export function splitPhotos(photos: readonly SplitPhoto[]): Map<PhotoId, Placement> {
  const placements = new Map<PhotoId, Placement>();
  const counts = new Counts(photos);
  const place = ({ group, waiting }: Unit, split: Split) => {
    for (const photo of waiting) {
      placements.set(photo.id, { split, group });
      counts.add(photo.label, split);
    }
  };
  const splitOf = (photo: SplitPhoto) => photo.split ?? placements.get(photo.id)?.split ?? null;

  const units = groupPhotos(photos)
    .flatMap((indices) => unitsOf(indices.flatMap((i) => photos[i] ?? [])))
    .map((unit) => ({ unit, order: orderOf(unit) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ unit }) => unit);
  const open: Unit[] = [];
  for (const unit of units) {
    const [only, other] = unit.choices;
    if (only !== undefined && other === undefined) place(unit, only);
    else open.push(unit);
  }
  const free: Unit[] = [];
  for (const unit of open) {
    const split = mostFrequent(
      unit.members.flatMap((photo) => splitOf(photo) ?? []),
      unit.choices,
    );
    if (split) place(unit, split);
    else free.push(unit);
  }
  const left = new Map<string, number>();
  for (const { label } of free) left.set(label, (left.get(label) ?? 0) + 1);
  for (const unit of free) {
    const joined = mostFrequent(
      unit.members.flatMap((photo) => splitOf(photo) ?? []),
      unit.choices,
    );
    place(unit, joined ?? counts.furthestBelow(unit, left.get(unit.label) ?? 0));
    left.set(unit.label, (left.get(unit.label) ?? 0) - 1);
  }
  return placements;
}

/** Photos per label and split, which grow while photos are placed. */
class Counts {
  readonly #byLabel = new Map<string, Record<Split, number>>();

  constructor(photos: readonly SplitPhoto[]) {
    for (const { label, split } of photos) if (split) this.add(label, split);
  }

  add(label: string | null, split: Split): void {
    if (label !== null) this.#of(label)[split] += 1;
  }

  /** `left`: groups of the label that have no split yet, this one included. */
  furthestBelow({ label, choices, waiting }: Unit, left: number): Split {
    const counts = this.#of(label);
    const empty = choices.filter((split) => counts[split] === 0);
    const half = waiting.filter((photo) => photo.label === label).length / 2;
    const candidates = empty.length >= left ? empty : choices;
    const fullness = (split: Split) => (counts[split] + half) / shares[split];
    const [first] = candidates.toSorted(
      (a, b) => fullness(a) - fullness(b) || precedence.indexOf(a) - precedence.indexOf(b),
    );
    return first ?? 'train';
  }

  #of(label: string): Record<Split, number> {
    const known = this.#byLabel.get(label);
    if (known) return known;
    const none = { train: 0, validation: 0, test: 0 };
    this.#byLabel.set(label, none);
    return none;
  }
}

function unitsOf(members: readonly SplitPhoto[]): Unit[] {
  const stored = members.flatMap((photo) => photo.group ?? []);
  const group = smallest(stored) ?? smallest(members.map(({ id }) => id)) ?? '';
  const waiting = members.filter(({ label, split }) => label !== null && split === null);
  const byChoices = Map.groupBy(waiting, ({ choices }) => choices?.join(' ') ?? '');
  return [...byChoices.values()].map((photos) => ({
    group,
    members,
    waiting: photos,
    choices: photos[0]?.choices ?? Split.options,
    label: mostFrequent(photos.flatMap(({ label }) => label ?? [])) ?? '',
  }));
}

// The 0 was a seed that nobody could choose: any other text would deal photos out otherwise than it always did.
function orderOf({ group, choices }: Unit): string {
  return `${hash('sha256', `scenelab split\n0\n${group}`)} ${choices.join(' ')}`;
}

/** Of those in `among` the most frequent one, and of several the first by name. */
function mostFrequent<T extends string>(values: readonly T[], among?: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values)
    if (among?.includes(value) ?? true) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return smallest([...counts].flatMap(([value, count]) => (count === most ? value : [])));
}

function smallest<T extends string>(values: readonly T[]): T | undefined {
  return values.reduce<T | undefined>(
    (least, value) => (least === undefined || value < least ? value : least),
    undefined,
  );
}
