/** Does one thing at a time. Of what is wished for meanwhile only the last is done: a slider moves faster than answers come. */
export class NewestOnly {
  #next: (() => Promise<void>) | null = null;
  #busy = false;

  /** Does it now, or when what is being done has ended, unless something newer is wished for by then. It must not reject. */
  async do(wish: () => Promise<void>): Promise<void> {
    this.#next = wish;
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let now = this.#take(); now; now = this.#take()) await now();
    } finally {
      this.#busy = false;
    }
  }

  #take(): (() => Promise<void>) | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}
