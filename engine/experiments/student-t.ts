/**
 * The quantile of Student's t distribution with a whole number of degrees of freedom: the value that a share `p` (0.5 … 1)
 * lies below. By bisection of the distribution function.
 */
export function studentQuantile(p: number, degrees: number): number {
  let [low, high] = [0, 1];
  while (studentShareBelow(high, degrees) < p) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (studentShareBelow(middle, degrees) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The distribution function for t ≥ 0: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4. */
function studentShareBelow(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < degrees; k += 2) {
    term *= (cosine ** 2 * (k - 1)) / k;
    sum += term;
  }
  const between = isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return (1 + between) / 2;
}
