import { existsSync } from 'node:fs';
import { bindingIn, packageFolder } from './tfjs-package.ts';

/** Whether native TensorFlow was installed for this machine's processor. */
export function hasNative(): boolean {
  const folder = packageFolder('@tensorflow/tfjs-node');
  return folder !== null && existsSync(bindingIn(folder));
}
