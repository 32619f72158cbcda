import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './tfjs-package.ts';

/** Whether native TensorFlow was installed for this machine's processor. */
export function hasNative(): boolean {
  const folder = packageFolder('@tensorflow/tfjs-node');
  return folder !== null && existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'));
}
