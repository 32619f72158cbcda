import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ScenelabError } from '../contract/index.ts';
import { isOnPath } from './open-window.ts';

/** Shows a file or folder in the system's file manager; false where there is none. Throws NOT_FOUND. */
export function reveal(path: string, env = process.env, platform = process.platform): boolean {
  if (!existsSync(path))
    throw new ScenelabError('NOT_FOUND', `There is nothing at ${path} any more`, '', 'Was it moved?');
  const hasDisplay = Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (platform === 'linux' && !(hasDisplay && isOnPath('xdg-open', env['PATH'] ?? ''))) return false;
  const { command, args } = revealCommand(path, statSync(path).isDirectory(), platform);
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
  return true;
}

/** The command that does so on this system: a folder is opened, a file is shown in its folder. */
export function revealCommand(
  path: string,
  isFolder: boolean,
  platform: NodeJS.Platform,
): { command: string; args: string[] } {
  if (platform === 'darwin') return { command: 'open', args: isFolder ? [path] : ['-R', path] };
  if (platform === 'win32') return { command: 'explorer', args: [isFolder ? path : `/select,${path}`] };
  return { command: 'xdg-open', args: [isFolder ? path : dirname(path)] };
}
