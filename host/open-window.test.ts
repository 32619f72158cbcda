import { expect, test } from 'vitest';
import { windowCommand } from './open-window.ts';

const address = 'http://127.0.0.1:1/?token=x';

test('a Chromium opens it as a window of its own', () => {
  const has = (name: string) => name === 'chromium';
  expect(windowCommand(address, 'linux', has)).toEqual({ command: 'chromium', args: [`--app=${address}`] });
});
test('without one it is the default browser of the system', () => {
  const none = () => false;
  expect(windowCommand(address, 'linux', none).command).toBe('xdg-open');
  expect(windowCommand(address, 'darwin', none).command).toBe('open');
  expect(windowCommand(address, 'win32', none)).toEqual({
    command: 'cmd',
    args: ['/c', 'start', '', address],
  });
});
