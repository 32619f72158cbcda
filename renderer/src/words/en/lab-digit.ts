import { count, plural } from '../format.ts';

/** A digit that is drawn and read at the same time. */
export const labDigit = {
  tab: 'Draw a digit',
  lead: 'A network reads what you draw while you draw it, and shows what each of its layers makes of it.',
  loading: 'Looking for trained networks…',
  network: 'Read by',
  trained: (accuracy: string, n: number) => `${accuracy} of ${count(n)} digits it had never seen are right.`,
  option: (name: string, when: string) => `${name}, ${when}`,
  pad: 'Drawing',
  draw: 'Draw a digit here',
  clear: 'Clear',
  ready: 'Or take a digit from the test set, which no network learned from',
  digit: (label: string, n: number) => (n === 0 ? `A ${label}` : `Another ${label}`),
  given: 'What it gets',
  givenHelp:
    'As MNIST’s digits are: 20 pixels at its longest, in a field of 28 × 28, its centre of mass in the middle.',
  answer: 'How probable it finds each digit',
  nothing: 'Nothing is drawn yet',
  took: (milliseconds: number) => `Answered in ${count(Math.max(1, Math.round(milliseconds)))} ms.`,
  layers: {
    title: 'Layer by layer',
    lead: 'Each keeps its place: watch what a stroke changes.',
    maps: (shown: number, all: number) =>
      shown < all ? `the first ${shown} of ${count(all)} maps` : plural(all, 'map'),
    units: (n: number) => plural(n, 'unit'),
  },
  empty: {
    title: 'No network here can read digits yet',
    detail:
      'LeNet-5, which read cheques in the nineties, learns it here from 60,000 handwritten digits in under a minute.',
    train: 'Train LeNet-5',
    command: 'Or on the command line:',
  },
};
