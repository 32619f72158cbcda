import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Browsers that open a window without tabs and address bar. */
const chromiums = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'brave',
];

/** Opens an address as a window of its own where a Chromium is found, else in the default browser. */
export function openWindow(
  address: string,
  platform = process.platform,
  path = process.env['PATH'] ?? '',
): void {
  const { command, args } = windowCommand(address, platform, (name) => isOnPath(name, path));
  // A machine without any browser is no reason to end: the address was printed.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** The command that opens the window on this system. */
export function windowCommand(
  address: string,
  platform: NodeJS.Platform,
  has: (program: string) => boolean,
): { command: string; args: string[] } {
  if (platform === 'darwin') return { command: 'open', args: [address] };
  // `start` is the shell's own; its first quoted argument is a title.
  if (platform === 'win32') return { command: 'cmd', args: ['/c', 'start', '', address] };
  const chromium = chromiums.find(has);
  return chromium
    ? { command: chromium, args: [`--app=${address}`] }
    : { command: 'xdg-open', args: [address] };
}

/** Whether a program is in one of the folders of a PATH. */
export function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
