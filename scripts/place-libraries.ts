import { existsSync } from 'node:fs';
import { copyFile, link, lstat, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** What electron-builder tells a hook, as far as it is used here. */
export interface Packed {
  appOutDir: string;
  packager: { projectDir: string; getResourcesDir(appOutDir: string): string };
}

/**
 * electron-builder's `afterPack`: puts TensorFlow's libraries beside the binding in the packed app, where the loader looks
 * for them. In the repository `lib` may be a link to the cache that checkouts share, which a package must not have.
 * `share` spares the copies of 800 MB where nothing will sign, and so change, the packed files.
 */
export async function placeLibraries({ appOutDir, packager }: Packed, share = false): Promise<void> {
  const from = join(packager.projectDir, 'node_modules/@tensorflow');
  const to = join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked/node_modules/@tensorflow');
  for (const name of ['tfjs-node', 'tfjs-node-gpu'])
    for (const part of ['deps/lib', 'deps/nvidia'])
      if (existsSync(join(from, name, part)))
        await place(join(from, name, part), join(to, name, part), share);
}

export default (packed: Packed): Promise<void> => placeLibraries(packed);

/** A folder with all in it; links between its files stay links. */
async function place(from: string, to: string, share: boolean): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from)) {
    const [source, target] = [join(from, entry), join(to, entry)];
    const kind = await lstat(source);
    if (kind.isDirectory()) await place(source, target, share);
    else if (kind.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (!share || !(await linked(source, target))) await copyFile(source, target);
  }
}

/** False on another disk. */
const linked = (source: string, target: string): Promise<boolean> =>
  link(source, target).then(
    () => true,
    () => false,
  );
