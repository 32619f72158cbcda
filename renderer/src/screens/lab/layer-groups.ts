/** What drawings of networks colour layers by. */
export const groups = ['image', 'convolution', 'depthwise', 'pooling', 'dense', 'join', 'other'] as const;
export type Group = (typeof groups)[number];

const groupsByKind: Readonly<Record<string, Group>> = {
  image: 'image',
  conv: 'convolution',
  'depthwise-conv': 'depthwise',
  'max-pool': 'pooling',
  'average-pool': 'pooling',
  'global-pool': 'pooling',
  dense: 'dense',
  add: 'join',
  concat: 'join',
};
export const groupOf = (kind: string): Group => groupsByKind[kind] ?? 'other';

/** The number of each group's colour. */
export const colours: Readonly<Record<Group, number>> = {
  image: 9,
  convolution: 0,
  depthwise: 5,
  pooling: 1,
  dense: 2,
  join: 4,
  other: 3,
};
