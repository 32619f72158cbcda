import { expect, test } from 'vitest';
import { studentQuantile } from './student-t.ts';

test.each([
  // Printed tables; one degree of freedom is the tangent, two have a closed form.
  [0.975, 1, Math.tan(Math.PI * 0.475)],
  [0.975, 2, 4.302653],
  [0.9875, 2, 6.205347],
  [0.975, 3, 3.182446],
  [0.975, 4, 2.776445],
  [0.995, 5, 4.032143],
  [0.975, 9, 2.262157],
  [0.975, 30, 2.042272],
  [0.5, 7, 0],
])('a share of %d is below, with %d degrees of freedom: %d', (p, degrees, expected) => {
  expect(studentQuantile(p, degrees)).toBeCloseTo(expected, 5);
});
