import { readFile, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.ts';
import { tfjsPackage } from './tfjs-package.ts';

const programs = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));

/**
 * Lets tfjs-node fetch its own prebuilt TensorFlow, if the place where that is kept answers within four seconds. Not
 * for the GPU: that one wants an old CUDA, installed by hand.
 */
export async function fetchPrebuilt(gpu: boolean): Promise<boolean> {
  if (gpu) return false;
  const folder = tfjsPackage(gpu);
  try {
    const { binary } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      binary: { host: string };
    };
    await fetch(binary.host, { method: 'HEAD', signal: AbortSignal.timeout(4000) });
    console.log("Fetching tfjs-node's own TensorFlow …");
    // With a library there already its script would start to compile instead.
    await rm(join(folder, 'deps'), { recursive: true, force: true });
    const env = { PATH: `${programs}${delimiter}${process.env['PATH']}` };
    const options = { cwd: folder, timeout: 600_000, show: true, env };
    await runProgram(process.execPath, ['scripts/install.js'], options);
    return true;
  } catch {
    return false;
  }
}
