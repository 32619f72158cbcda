import type { FlyParams } from 'svelte/transition';

const asked = matchMedia('(prefers-reduced-motion: reduce)');

/** A transition's parameters, without its time for people who prefer no motion. */
export const calm = (params: FlyParams): FlyParams => (asked.matches ? { ...params, duration: 0 } : params);
