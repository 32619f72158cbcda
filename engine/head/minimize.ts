import { setImmediate } from 'node:timers/promises';

/** What a function is at a point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** A function and a point at which it is asked for, which is not to be kept. */
export interface Asked<Of> {
  readonly of: Of;
  readonly point: Float64Array;
}

export interface MinimizeOptions {
  readonly maxIterations?: number;
  /** Stops when no component of the gradient is larger. */
  readonly tolerance?: number;
  /** What the objective's values are accurate to: near the minimum, a step isn't refused for less. */
  readonly precision?: number;
  /** Second derivatives by each parameter, roughly, up to a common factor; 1 by default. The better the guess the sooner it ends. */
  readonly curvatures?: Float64Array;
}

/** Pairs of steps and gradient changes that stand for the curvature. */
const memory = 20;

/**
 * The minima of smooth convex functions, of each from its point in `starts` on. They are searched for side by side, so that one
 * look at what the functions are made of serves all of them; `evaluate` answers in the order asked. Lets other work in between
 * two looks, and throws the signal's reason.
 */
export async function minimizeAll<Of>(
  evaluate: (asked: readonly Asked<Of>[]) => readonly Evaluation[],
  starts: readonly Asked<Of>[],
  options: MinimizeOptions = {},
  signal?: AbortSignal,
): Promise<Asked<Of>[]> {
  const searches = starts.map(({ of, point }) => {
    const steps = search(point, options);
    return { of, steps, at: steps.next() };
  });
  for (;;) {
    const open = searches.filter(({ at }) => !at.done);
    if (open.length === 0) return searches.map(({ of, at }) => ({ of, point: at.value }));
    await setImmediate();
    signal?.throwIfAborted();
    const evaluations = evaluate(open.map(({ of, at }) => ({ of, point: at.value })));
    open.forEach((each, i) => {
      const evaluation = evaluations[i];
      if (evaluation) each.at = each.steps.next(evaluation);
    });
  }
}

/**
 * Limited-memory BFGS with a backtracking line search (Nocedal and Wright, Numerical Optimization, algorithms 3.1, 7.4 and
 * 7.5): yields the points at which it needs the function, and returns the minimum.
 */
function* search(
  start: Float64Array,
  { maxIterations = 300, tolerance = 1e-6, precision = 0, curvatures = start.map(() => 1) }: MinimizeOptions,
): Generator<Float64Array, Float64Array, Evaluation> {
  let point = start;
  let { value, gradient } = yield point;
  const pairs: Pair[] = [];
  for (let iteration = 0; iteration < maxIterations && largest(gradient) > tolerance; iteration++) {
    const direction = descent(gradient, pairs, curvatures);
    const slope = dot(direction, gradient);
    // Without a known curvature the first step is as long as one.
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
    let next = yield moved(point, direction, length);
    while (next.value > value + 1e-4 * length * slope + precision) {
      length /= 2;
      // Only rounding is left to gain.
      if (length < 1e-10) return point;
      next = yield moved(point, direction, length);
    }
    const step = scaled(direction, length);
    const change = moved(next.gradient, gradient, -1);
    const curvature = dot(step, change);
    if (curvature > 1e-12 * dot(change, change)) pairs.push({ step, change, curvature });
    if (pairs.length > memory) pairs.shift();
    point = moved(point, direction, length);
    ({ value, gradient } = next);
  }
  return point;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** Product of the two. */
  readonly curvature: number;
}

/** Minus the gradient times the inverse Hessian that the pairs stand for (the two-loop recursion). */
function descent(gradient: Float64Array, pairs: readonly Pair[], curvatures: Float64Array): Float64Array {
  const direction = scaled(gradient, -1);
  const newest = pairs.at(-1);
  const weights = pairs
    .toReversed()
    .map(({ step, change, curvature }) => {
      const weight = dot(step, direction) / curvature;
      addTo(direction, change, -weight);
      return weight;
    })
    .reverse();
  const scale = newest ? newest.curvature / dot(newest.change, divided(newest.change, curvatures)) : 1;
  const result = scaled(divided(direction, curvatures), scale);
  pairs.forEach(({ step, change, curvature }, i) => {
    addTo(result, step, (weights[i] ?? 0) - dot(change, result) / curvature);
  });
  return result;
}

// Loops and not `map`, which takes several times as long on typed arrays.

function divided(values: Float64Array, by: Float64Array): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = (values[i] ?? 0) / (by[i] ?? 1);
  return result;
}

function scaled(values: Float64Array, factor: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = (values[i] ?? 0) * factor;
  return result;
}

function moved(point: Float64Array, direction: Float64Array, length: number): Float64Array {
  const result = point.slice();
  addTo(result, direction, length);
  return result;
}

function addTo(target: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + factor * (other[i] ?? 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
