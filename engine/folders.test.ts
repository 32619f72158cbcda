import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder, userDataFolder } from './folders.ts';

test("each platform's own places are used", () => {
  expect(userDataFolder({}, 'linux')).toBe(join(homedir(), '.local/share/scenelab'));
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux')).toBe(join('/c', 'scenelab'));
  expect(cacheFolder({}, 'darwin')).toBe(join(homedir(), 'Library/Caches/Scenelab'));
  expect(userDataFolder({ APPDATA: 'roaming' }, 'win32')).toBe(join('roaming', 'Scenelab'));
});

test('SCENELAB_DATA and SCENELAB_CACHE win on every platform', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(userDataFolder({ SCENELAB_DATA: 'here' }, platform)).toBe('here');
    expect(cacheFolder({ SCENELAB_CACHE: 'there' }, platform)).toBe('there');
  }
});
