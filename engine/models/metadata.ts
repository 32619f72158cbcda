import { z } from 'zod';
import type { ModelInfo } from './trained-model.ts';

/** `metadata.json` of a Teachable Machine export, as far as its own loader asks for it. */
export const Metadata = z.object({
  labels: z.array(z.string()).min(1),
  modelName: z.string().optional(),
});

/** The `metadata.json` with which Teachable Machine's library loads a model. */
export function metadataOf({ name, classNames }: ModelInfo, inputSize: number, tfjsVersion: string): object {
  return {
    tfjsVersion,
    packageName: 'scenelab',
    packageVersion: '1',
    modelName: name,
    labels: classNames,
    imageSize: inputSize,
    userMetadata: {},
  };
}
