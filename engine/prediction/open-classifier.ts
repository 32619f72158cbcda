import type { Framing } from '../../contract/index.ts';
import { backboneEntry, describeBackbone, readClassNames } from '../backbones/registry.ts';
import type { Compute } from '../compute.ts';
import type { FoundModel } from '../models/find-model.ts';
import { readModelInfo } from '../models/read-model-info.ts';
import type { ModelInfo } from '../models/trained-model.ts';
import { joinPictures } from '../photos/join-pictures.ts';
import type { OpenedNetwork } from './run-network.ts';

/** Backbones spread their answer over a thousand classes: a clear one has less than in a model of five. */
const backboneUnsureBelow = 0.3;

/** A network that is open on the compute thread, and how photos are put to it. To be disposed. */
export interface Classifier extends AsyncDisposable {
  readonly classNames: readonly string[];
  readonly inputSize: number;
  readonly framing: Framing;
  readonly unsureBelow: number;
  /** Photos per class that it was trained on; empty when not known. */
  readonly trainingPhotos: readonly number[];
  /** Framed photos, each `[inputSize, inputSize, 3]` uint8, to probabilities, each `[classes]` float32. */
  classify(photos: readonly Uint8Array[], signal: AbortSignal): Promise<Float32Array[]>;
}

/**
 * Opens a model or a backbone with its ImageNet classes (centre crop, as it was trained).
 * @throws ScenelabError MODEL_INVALID, NOT_FOUND, BACKBONE_MISSING, CHECKSUM_MISMATCH
 */
export async function openClassifier(compute: Compute, model: FoundModel): Promise<Classifier> {
  const about = model.kind === 'model' ? await readModelInfo(model.folder) : await backboneInfo(model.id);
  const network = await compute.call('openNetwork', { network: model, outputs: ['probabilities'] });
  return classifierOf(compute, network, about);
}

/** What a classifier needs to know besides its network. */
export type ClassifierInfo = Pick<ModelInfo, 'classNames' | 'framing' | 'unsureBelow' | 'trainingPhotos'>;

/** The classifier of a network that is open on the compute thread and answers with probabilities; it closes it. */
export function classifierOf(
  compute: Compute,
  { handle, inputSize }: OpenedNetwork,
  { classNames, framing, unsureBelow, trainingPhotos }: ClassifierInfo,
): Classifier {
  const classify = async (photos: readonly Uint8Array[], signal: AbortSignal) => {
    if (photos.length === 0) return [];
    const pixels = joinPictures(photos);
    const input = { handle, pixels, n: photos.length };
    const [probabilities] = await compute.call('runNetwork', input, { signal, transfer: [pixels.buffer] });
    return photos.map((_, i) =>
      (probabilities ?? new Float32Array(0)).slice(i * classNames.length, (i + 1) * classNames.length),
    );
  };
  return {
    classNames,
    framing,
    unsureBelow,
    trainingPhotos,
    inputSize,
    classify,
    [Symbol.asyncDispose]: () => compute.call('closeNetwork', { handle }),
  };
}

async function backboneInfo(id: string): Promise<ClassifierInfo> {
  return {
    classNames: await readClassNames(describeBackbone(backboneEntry(id))),
    framing: 'crop',
    unsureBelow: backboneUnsureBelow,
    trainingPhotos: [],
  };
}
