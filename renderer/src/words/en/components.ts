import { count, plural } from '../format.ts';

/** What components say that stand on several screens. */
export const components = {
  work: {
    beginning: 'Starting…',
    of: (done: number, total: number, unit: string) => `${count(done)} of ${plural(total, unit)}`,
    bytesOf: (done: string, total: string) => `${done} of ${total}`,
    rate: (perSecond: number, unit: string) => `${count(Math.round(perSecond))} ${unit}s/s`,
    left: (time: string) => `${time} left`,
    cancel: 'Cancel',
  },
  copy: { copied: 'Copied', path: 'Copy path' },
  reveal: { show: 'Show in folder', none: 'No file manager was found.' },
  noModel: {
    title: 'No model yet',
    detail: 'Fine-tune one first; it takes as little as a few seconds.',
    coming: 'The first model is being trained',
    comingDetail: 'Come back when it is done.',
    watch: 'See the training',
  },
};
