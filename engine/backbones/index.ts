/**
 * Pretrained networks: which there are, where their weights come from, and loading them. This index loads TensorFlow;
 * what runs without it imports `registry.ts`.
 */
export { listBackbones } from './registry.ts';
export { loadBackbone } from './load-backbone.ts';
