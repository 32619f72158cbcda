import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where what must last is kept: projects, and backbones that were added. SCENELAB_DATA overrides it. */
export function userDataFolder(env: Environment = process.env, platform = process.platform): string {
  if (env['SCENELAB_DATA']) return env['SCENELAB_DATA'];
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/Scenelab');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData/Roaming'), 'Scenelab');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'scenelab');
}

/** Where what can be made or fetched again is kept. SCENELAB_CACHE overrides it. */
export function cacheFolder(env: Environment = process.env, platform = process.platform): string {
  if (env['SCENELAB_CACHE']) return env['SCENELAB_CACHE'];
  if (platform === 'darwin') return join(homedir(), 'Library/Caches/Scenelab');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData/Local'), 'Scenelab/Cache');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'scenelab');
}

/** Where projects live that nobody gave a place. */
export function projectsFolder(): string {
  return join(userDataFolder(), 'projects');
}
