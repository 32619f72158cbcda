import { expect, it } from 'vitest';
import { keyAction } from './key-action.ts';

const press = (key: string, modifiers: { ctrlKey?: boolean } = {}) =>
  keyAction({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers }, ['beach', 'city']);

it('a digit gives the label of that number', () =>
  expect(press('2')).toEqual({ kind: 'label', label: 'city' }));
it('a digit beyond the labels does nothing', () => expect(press('3')).toBeNull());
it('0 takes the label away', () => expect(press('0')).toEqual({ kind: 'label', label: null }));
it('a letter of any script begins a label’s name', () => {
  expect(press('m')).toEqual({ kind: 'find', letter: 'm' });
  expect(press('å')).toEqual({ kind: 'find', letter: 'å' });
});
it('shortcuts with Ctrl are somebody else’s', () => expect(press('a', { ctrlKey: true })).toBeNull());
it('named keys are not letters', () => expect(press('Enter')).toBeNull());
