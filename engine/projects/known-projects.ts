import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { projectsFolder, userDataFolder } from '../folders.ts';
import { projectEnding } from '../library/index.ts';

const KnownProject = z.object({ folder: z.string(), name: z.string().optional(), openedAt: z.string() });
/** A project that was open on this machine, by the name that it had then; `openedAt` is ISO 8601. */
export type KnownProject = z.infer<typeof KnownProject>;

const remembered = 30;
const file = () => join(userDataFolder(), 'recent-projects.json');

/** The projects opened last, newest first, also those whose folder is gone. A damaged list is an empty one. */
export function listKnownProjects(): KnownProject[] {
  if (!existsSync(file())) return [];
  try {
    return z.array(KnownProject).parse(JSON.parse(readFileSync(file(), 'utf8')));
  } catch {
    return [];
  }
}

/** Puts a project at the top of the list. */
export function rememberProject(folder: string, name: string): void {
  const openedAt = new Date().toISOString();
  write([{ folder, name, openedAt }, ...others(folder)].slice(0, remembered));
}

/** Takes a project off the list. Its folder stays as it is. */
export function forgetProject(folder: string): void {
  write(others(folder));
}

const others = (folder: string): KnownProject[] =>
  listKnownProjects().filter((known) => known.folder !== folder);

function write(known: KnownProject[]): void {
  mkdirSync(userDataFolder(), { recursive: true });
  writeFileSync(`${file()}.partial`, JSON.stringify(known, null, 2));
  renameSync(`${file()}.partial`, file());
}

/** What stands for a project's folder in addresses: 16 hex digits of the SHA-256 of its path. */
export function projectKey(folder: string): string {
  return createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
}

/** A folder for a new project of this name, beside the others; numbered when the name is taken. */
export function newProjectFolder(name: string): string {
  // What no file system likes in a name, and dots that hide or climb.
  const safe = name.replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ').replace(/^[.\s]+|[.\s]+$/g, '') || 'Project';
  for (let number = 1; ; number++) {
    const folder = join(projectsFolder(), `${safe}${number > 1 ? ` ${number}` : ''}${projectEnding}`);
    if (!existsSync(folder)) return folder;
  }
}
