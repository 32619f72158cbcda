/** Pretrained networks: which there are, where their weights come from, and loading them. */
export { addBackbone } from './add-backbone.ts';
export { listBackbones } from './registry.ts';
export { loadBackbone, loadBackboneLayers, type Backbone } from './load-backbone.ts';
