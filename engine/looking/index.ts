/** What networks see: their answers, the maps that layers give, the filters that they look through. */
export { lookInside } from './look-inside.ts';
export { lookAtPhoto } from './look-at-photo.ts';
export { lookAtDigit } from './look-at-digit.ts';
export { testDigits } from './test-digits.ts';
export { writeFilters } from './write-filters.ts';
export { writeMaps } from './write-maps.ts';
