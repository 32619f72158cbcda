import { expect, it } from 'vitest';
import { shownPath } from './shown-path.ts';

const batch = '7243341c-252b-47ef-8cb4-4da2d40f49b2';

it('leaves out where a browser’s copies are kept', () => {
  expect(shownPath(`/data/fish.scenelab/originals/${batch}/fish/cod.jpg`)).toBe('fish/cod.jpg');
  expect(shownPath(`C:\\cache\\dropped\\${batch}\\cod.jpg`)).toBe('cod.jpg');
});

it('keeps the path of a file that lies where a person put it', () => {
  expect(shownPath('/home/ada/originals/fish/cod.jpg')).toBe('/home/ada/originals/fish/cod.jpg');
});
