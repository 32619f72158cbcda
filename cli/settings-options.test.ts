import { Command } from 'commander';
import { expect, test } from 'vitest';
import { Augmentation, TrainSettings, type TrainInput } from '../contract/index.ts';
import { addSettingsOptions, readSettings } from './settings-options.ts';

function parse(line: string): Pick<TrainInput, 'preset' | 'settings'> {
  const command = addSettingsOptions(new Command());
  command.parse(line.split(' ').filter(Boolean), { from: 'user' });
  return readSettings(command.opts());
}

test('every setting of a training has a flag', () => {
  const flags = addSettingsOptions(new Command()).options.map((option) => option.attributeName());
  const { augmentation, ...settings } = TrainSettings.shape;
  expect(augmentation).toBe(Augmentation);
  expect(flags).toEqual(
    expect.arrayContaining([...Object.keys(settings), ...Object.keys(Augmentation.shape)]),
  );
});

test('what is not given stays with the preset', () => {
  const { preset, settings } = parse('');
  expect(preset).toBe('balanced');
  expect(JSON.parse(JSON.stringify(settings))).toEqual({ augmentation: {} });
});

test('flags become settings of the right type', () => {
  const { preset, settings } = parse(
    '--preset quick --backbone b --cut none --epochs 3 --learning-rate 1e-3 --no-flip --class-weights --rotate 30',
  );
  expect(preset).toBe('quick');
  expect(settings).toMatchObject({
    backbone: 'b',
    cut: null,
    epochs: 3,
    learningRate: 0.001,
    classWeights: true,
  });
  expect(settings.augmentation).toMatchObject({ flip: false, rotate: 30 });
});

test.each([
  ['--epochs many', '--epochs'],
  ['--learning-rate 0', '--learning-rate'],
  ['--label-smoothing 0.9', '--label-smoothing'],
])('%s is refused by name', (line, name) => {
  expect(() => parse(line)).toThrow(name);
});
