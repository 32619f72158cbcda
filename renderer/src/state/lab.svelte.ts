import { Drawing } from './drawing.svelte.ts';
import type { Engine } from './engine.svelte.ts';
import { Experimenting } from './experimenting.svelte.ts';
import { Inspecting } from './inspecting.svelte.ts';
import { LabTraining } from './lab-training.svelte.ts';
import { Looking } from './looking.svelte.ts';

/** The views of the Lab, in their order. */
export const labViews = ['layers', 'inside', 'train', 'digit', 'experiments'] as const;
export type LabView = (typeof labViews)[number];

/** The Lab: which view is shown, and what each has found so far. All of it is kept while other screens show. */
export class Lab {
  view = $state.raw<LabView>('layers');
  readonly inspecting: Inspecting;
  readonly looking: Looking;
  readonly training: LabTraining;
  readonly drawing: Drawing;
  readonly experimenting: Experimenting;

  constructor(engine: Engine) {
    this.inspecting = new Inspecting(engine);
    this.looking = new Looking(engine);
    this.training = new LabTraining(engine);
    this.drawing = new Drawing(engine, this.training);
    this.experimenting = new Experimenting(engine);
  }
}
