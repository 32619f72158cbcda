import { en } from './en/index.ts';

/** Every sentence the app says. Another language is another file of this shape. */
export type Words = typeof en;
export const words: Words = en;
export * from './format.ts';
