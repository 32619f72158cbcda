/** What a turn took: seconds by the clock, and of processor time on all cores together, which other load disturbs less. */
export interface Spent {
  readonly seconds: number;
  readonly processor: number;
}

/** Does the work and says what it took of this process. */
export async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - began) / 1e3, processor: (user + system) / 1e6 };
}

/** The middle one of the values; NaN where there is none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Median of what the turns took. */
export function medianOf(turns: readonly Spent[], of: keyof Spent): number {
  return median(turns.map((turn) => turn[of]));
}

/** How many times as long as ours their turns took: the median over the rounds, whose turns shared the machine's load. */
export function timesOurs(theirs: readonly Spent[], ours: readonly Spent[], of: keyof Spent): number {
  return median(theirs.map((turn, round) => turn[of] / (ours[round]?.[of] ?? Number.NaN)));
}
