/**
 * Which places of a list are chosen, and where the keyboard stands. Works on places, so that choosing 50,000 photos is one
 * pass over a byte array.
 */
export class Selection {
  /** Where the keyboard stands; -1 in an empty list. */
  cursor = $state.raw(0);
  #mask = $state.raw(new Uint8Array());
  readonly size = $derived.by(() => this.#mask.reduce((sum, byte) => sum + byte, 0));
  #anchor = 0;

  /** A list of `length` places, chosen where `keep` says so. */
  reset(length: number, keep: (place: number) => boolean = () => false, cursor = 0): void {
    this.#mask = Uint8Array.from({ length }, (_, place) => Number(keep(place)));
    this.#anchor = this.cursor = Math.min(Math.max(cursor, 0), length - 1);
  }

  has(place: number): boolean {
    return this.#mask[place] === 1;
  }

  chosen(): number[] {
    const places: number[] = [];
    this.#mask.forEach((byte, place) => byte && places.push(place));
    return places;
  }

  clear(): void {
    this.#mask = new Uint8Array(this.#mask.length);
  }

  all(): void {
    this.#mask = new Uint8Array(this.#mask.length).fill(1);
  }

  /** Chooses one place alone. */
  only(place: number): void {
    if (!this.#inside(place)) return;
    this.#mask = new Uint8Array(this.#mask.length);
    this.#mask[place] = 1;
    this.#anchor = this.cursor = place;
  }

  /** Adds a place or takes it away (Ctrl or Cmd with a click). */
  toggle(place: number): void {
    if (!this.#inside(place)) return;
    const mask = this.#mask.slice();
    mask[place] = this.has(place) ? 0 : 1;
    this.#mask = mask;
    this.#anchor = this.cursor = place;
  }

  /** Chooses all from where the range began to this place (Shift). */
  extend(place: number): void {
    if (!this.#inside(place)) return;
    const mask = new Uint8Array(this.#mask.length);
    mask.fill(1, Math.min(this.#anchor, place), Math.max(this.#anchor, place) + 1);
    this.#mask = mask;
    this.cursor = place;
  }

  /** Chooses exactly these, added to those that a lasso found chosen when it began. */
  lasso(places: Iterable<number>, base?: Uint8Array): void {
    const mask = base ? base.slice() : new Uint8Array(this.#mask.length);
    for (const place of places) if (this.#inside(place)) mask[place] = 1;
    this.#mask = mask;
  }

  /** What is chosen now, to give to `lasso` later. */
  snapshot(): Uint8Array {
    return this.#mask.slice();
  }

  #inside(place: number): boolean {
    return place >= 0 && place < this.#mask.length;
  }
}
