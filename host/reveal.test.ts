import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reveal, revealCommand } from './reveal.ts';

test('a folder is opened, a file is shown in its folder', () => {
  expect(revealCommand('/out/beach', true, 'linux').args).toEqual(['/out/beach']);
  expect(revealCommand('/out/beach/a.jpg', false, 'linux').args).toEqual(['/out/beach']);
  expect(revealCommand('/out/a.jpg', false, 'darwin')).toEqual({
    command: 'open',
    args: ['-R', '/out/a.jpg'],
  });
  expect(revealCommand('C:\\a.jpg', false, 'win32').args).toEqual(['/select,C:\\a.jpg']);
});

test('without a display or a file manager nothing is opened, and that is said', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenelab-reveal-'));
  try {
    expect(reveal(folder, { PATH: folder, DISPLAY: ':0' }, 'linux')).toBe(false);
    expect(reveal(folder, { PATH: process.env['PATH'] }, 'linux')).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is gone is said to be', () => {
  expect(() => reveal('/nowhere/at/all')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});
