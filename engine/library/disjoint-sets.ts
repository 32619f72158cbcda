/** Sets of the indices 0 … size - 1 that can be joined (union-find with path halving and union by size). */
export class DisjointSets {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, index) => index);
    this.#size = new Int32Array(size).fill(1);
  }

  /** The index that stands for the set of `index`. */
  find(index: number): number {
    let at = index;
    for (let up = this.#parent[at] ?? at; up !== at; up = this.#parent[at] ?? at) {
      const next = this.#parent[up] ?? up;
      this.#parent[at] = next;
      at = next;
    }
    return at;
  }

  /** Makes one set of two. */
  join(a: number, b: number): void {
    const [first, second] = [this.find(a), this.find(b)];
    if (first === second) return;
    const [sizeA, sizeB] = [this.#size[first] ?? 0, this.#size[second] ?? 0];
    const [large, small] = sizeA < sizeB ? [second, first] : [first, second];
    this.#parent[small] = large;
    this.#size[large] = sizeA + sizeB;
  }
}
