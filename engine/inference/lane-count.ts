import { availableParallelism } from 'node:os';

/** Threads that frozen graphs run in, see `openOnnxLanes`. Four at most: each holds the weights once more. */
export const laneCount = Math.min(availableParallelism(), 4);
