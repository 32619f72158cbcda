import {
  ScenelabError,
  type LabSettings,
  type LabTrainInput,
  type Notice,
  type RuntimeInfo,
} from '../../contract/index.ts';
import type { RegisteredNetwork } from '../networks/registry.ts';

/** The portable runtime has no gradient of a convolution. */
const withoutConvolutions = 'dense-network';

/**
 * What the runtime means for a training.
 * @throws ScenelabError NEEDS_NATIVE_TENSORFLOW for every network but the one without convolutions
 */
export function runtimeNotices({ kind, reason }: RuntimeInfo, { id, name }: RegisteredNetwork): Notice[] {
  if (kind === 'native') return [];
  if (id !== withoutConvolutions)
    throw new ScenelabError(
      'NEEDS_NATIVE_TENSORFLOW',
      `${name} can't be trained here: ${reason}`,
      `native TensorFlow, or ${withoutConvolutions}, which has no convolutions`,
      'Run `node scripts/install-runtime.js`; `scenelab doctor` says more',
    );
  const message = `Without native TensorFlow ${name} is trained operation by operation, many times as slowly; fewer images help.`;
  return [{ kind: 'notice', code: 'SLOW_TRAINING', message }];
}

/**
 * Says where a network's recipe trains it smaller than it was published, or on a part of the images. What a person chose is not
 * said again.
 */
export function sizeNotices(
  { name, input: [published] }: RegisteredNetwork,
  { inputSize, width, limit }: LabSettings,
  chosen: LabTrainInput['settings'],
): Notice[] {
  // LeNet-5 brings 28 to its 32 by itself.
  const isSmaller = chosen.inputSize === undefined && inputSize < published / 1.2;
  const isNarrower = chosen.width === undefined && width < 1;
  const isLimited = chosen.limit === undefined && limit !== null;
  const parts = [
    ...(isNarrower ? [`with ${Math.round(100 * width)} % of its channels`] : []),
    ...(isSmaller ? [`on images of ${inputSize} × ${inputSize} instead of ${published} × ${published}`] : []),
    ...(isLimited ? [`on at most ${limit.toLocaleString('en')} images`] : []),
  ];
  if (parts.length === 0) return [];
  const message = `${name} is trained ${parts.join(', ')}, so that a small machine is done in minutes. \`scenelab lab train --help\` says how all of it is set.`;
  return [{ kind: 'notice', code: 'REDUCED_NETWORK', message }];
}
