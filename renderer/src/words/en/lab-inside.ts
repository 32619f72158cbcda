import type { Framing } from '../../../../contract/index.ts';
import { count, plural } from '../format.ts';

const framings: Record<Framing, string> = {
  crop: 'cut to its middle',
  stretch: 'squeezed into a square',
  fit: 'whole, with grey bars',
};

/** 0.9921 → "0.99", 1 → "1", with a true minus. */
const short = (n: number): string => String(Number(n.toFixed(2))).replace('-', '−');
const side = (shape: readonly number[]): string => shape.slice(0, 2).join(' × ');

/** What networks see in a photo. */
export const labInside = {
  tab: 'Look inside',
  lead: 'What networks name a photo, and what their layers see on the way there.',
  photo: {
    as: (name: string) => `As ${name} gets it`,
    source: 'Photos',
    project: 'Your project',
    samples: 'Sample photos',
    own: 'Yours',
    choose: 'Choose folders…',
    drop: 'Or drop a photo anywhere.',
    list: 'Photos to look at',
    looking: 'Looking for photos…',
  },
  names: {
    title: 'What it is taken for',
    network: 'Network',
    own: (project: string) => `Newest model of ${project}`,
    trained: (name: string, data: string) => `${name}, from scratch on ${data}`,
    missing: (name: string) => `${name} (not on this machine)`,
    add: 'Add a network',
    remove: (name: string) => `Remove ${name}`,
    looking: 'Looking…',
    sees: (size: readonly number[], framing: Framing, low: number, high: number) =>
      `Sees ${side(size)} pixels of the photo, ${framings[framing]}; ${
        size[2] === 1 ? 'grey' : 'red, green and blue'
      } from ${short(low)} to ${short(high)}.`,
    classes: (n: number) => `${plural(n, 'name')} to choose from.`,
    none: 'It gives no names: its weights end before the last layer.',
  },
  layers: {
    title: 'What its layers see',
    whose: 'Whose layers',
    lead: 'Every layer turns what the one below gives into maps: bright where what the map looks for was found. The first find edges and colours, the last find parts of things.',
    strip: 'Layer',
    stage: (shape: readonly number[]) => side(shape),
    value: (name: string, shape: readonly number[]) =>
      `${name}, ${side(shape)}, ${plural(shape[2] ?? 0, 'map')}`,
    shown: (shown: number, all: number) =>
      shown < all ? `the ${shown} strongest of ${count(all)} maps` : plural(all, 'map'),
    means: (points: number) => `each point the mean of ${points} × ${points}`,
    little: 'little',
    much: 'much',
    map: (channel: number) => `Map ${channel + 1}`,
    enlarge: (channel: number) => `Enlarge map ${channel + 1}`,
    range: (low: number, high: number) => `from ${short(low)} to ${short(high)}`,
    place: (place: number, of: number) => `${place + 1} of ${of}, the strongest first`,
    none: 'No layer of this network gives maps.',
  },
  filters: {
    title: 'The first layer’s filters',
    lead: (layer: string, size: string, filters: number) =>
      `${plural(filters, 'kernel')} of ${size} in ${layer}, each on its own scale: grey is zero, and all grey is one that died in training. Batch norm is part of them, as it is in all that runs.`,
    filter: (n: number) => `Filter ${n + 1}`,
    none: 'No convolution of this network reads the photo.',
  },
};
