import { expect, test } from 'vitest';
import { Preset, TrainSettings } from '../../contract/index.ts';
import { resolveSettings } from './settings.ts';

test.each(Preset.options)('%s gives settings that the contract allows', (preset) => {
  const resolved = resolveSettings({ preset, settings: {} });
  expect(TrainSettings.parse(resolved)).toEqual(resolved);
});

test('quick trains the head alone, the others fine-tune', () => {
  expect(resolveSettings({ preset: 'quick', settings: {} }).cut).toBeNull();
  expect(resolveSettings({ preset: 'balanced', settings: {} }).cut).toBe('block11');
  expect(resolveSettings({ preset: 'thorough', settings: {} }).cut).toBe('block16');
});

test('what is given goes before the preset', () => {
  const resolved = resolveSettings({ preset: 'balanced', settings: { epochs: 3, cut: null, seed: 7 } });
  expect(resolved).toMatchObject({ epochs: 3, cut: null, seed: 7 });
});

test('one change of the augmentation leaves the others as the preset has them', () => {
  const preset = resolveSettings({ preset: 'balanced', settings: {} }).augmentation;
  const changed = resolveSettings({ preset: 'balanced', settings: { augmentation: { rotate: 45 } } });
  expect(changed.augmentation).toEqual({ ...preset, rotate: 45 });
});

test('a preset finds a cut in another backbone', () => {
  const settings = { backbone: 'inception-v3' };
  expect(resolveSettings({ preset: 'balanced', settings }).cut).toBe('mixed8');
});

test('an unknown backbone or cut is refused with the names there are', () => {
  const resolve = (settings: Partial<TrainSettings>) => () => resolveSettings({ preset: 'quick', settings });
  expect(resolve({ backbone: 'resnet' })).toThrow(/efficientnet-lite0/);
  expect(resolve({ cut: 'block99' })).toThrow(/block11/);
});
