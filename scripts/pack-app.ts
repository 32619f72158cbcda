import { join } from 'node:path';
import { build } from 'electron-builder';
import { buildApp, buildPage } from './build.ts';
import { placeLibraries, type Packed } from './place-libraries.ts';

const root = join(import.meta.dirname, '..');

export interface PackOptions {
  installers: boolean;
  /** Instead of `dist/`. */
  output?: string;
  /** A folder with what stands in for Electron. It has no fuses, and nothing is signed. */
  standIn?: string;
}

/** Builds what is stale and packs it as electron-builder.yml says. Gives the paths of what was made. */
export async function packApp({ installers, output, standIn }: PackOptions): Promise<string[]> {
  await buildPage();
  await buildApp();
  return build({
    projectDir: root,
    ...(installers ? {} : { dir: true }),
    publish: 'never',
    config: {
      ...(output ? { directories: { output } } : {}),
      ...(standIn
        ? {
            electronDist: standIn,
            electronFuses: null,
            afterPack: (packed: Packed) => placeLibraries(packed, true),
          }
        : {}),
    },
  });
}
