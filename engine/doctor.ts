import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BackboneInfo, DoctorReport, RuntimeInfo } from '../contract/index.ts';
import { appFolder, appVersion } from './app-folder.ts';
import { listBackbones } from './backbones/registry.ts';
import type { Compute } from './compute.ts';
import { nearestFolder } from './files/nearest-folder.ts';
import { sizeOf } from './files/size-of.ts';
import { cacheFolder, projectsFolder, userDataFolder } from './folders.ts';
import { gpuObstacle } from './install-runtime.ts';

type Folder = DoctorReport['folders'][number];
type Problem = DoctorReport['problems'][number];

const installer = join(appFolder, 'scripts/install-runtime.js');
const gigabyte = 1e9;
const leastMemory = 4 * gigabyte;
const leastDisk = 2 * gigabyte;

/** What Scenelab runs on here and, for everything that keeps it from its best, what to do about it. */
export async function doctor(compute: Compute): Promise<DoctorReport> {
  const runtime = await compute.call('describeRuntime', null);
  const places = [
    { purpose: 'projects', path: projectsFolder() },
    { purpose: 'added backbones', path: join(userDataFolder(), 'backbones') },
    { purpose: 'cache', path: cacheFolder() },
  ];
  const folders = await Promise.all(places.map(describeFolder));
  const disks = await Promise.all(folders.map(diskProblems));
  const backbones = listBackbones();
  return {
    scenelab: appVersion(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    runtime,
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    cores: availableParallelism(),
    backbones,
    folders,
    gpuObstacle: runtime.gpu ? null : gpuObstacle(),
    problems: [
      ...runtimeProblems(runtime),
      ...weightsProblems(backbones),
      ...memoryProblems(),
      ...disks.flat(),
    ],
  };
}

function runtimeProblems(runtime: RuntimeInfo): Problem[] {
  if (runtime.kind === 'portable')
    return [
      {
        problem: `${runtime.reason}: models can be used and heads trained, but not fine-tuned`,
        fix:
          process.env['SCENELAB_RUNTIME'] === 'portable'
            ? 'Unset SCENELAB_RUNTIME'
            : existsSync(installer)
              ? `Run \`node ${installer}\`; it says what it lacks, most often Python 3 with pip`
              : 'Install Scenelab again',
      },
    ];
  if (!runtime.gpu && existsSync('/proc/driver/nvidia/version'))
    return [
      {
        problem: 'There is an NVIDIA GPU, but TensorFlow computes on the CPU',
        fix: `Run \`node ${installer} --gpu\``,
      },
    ];
  return [];
}

/** Weights that come with Scenelab and are not there; those that are added on request may well be missing. */
export function weightsProblems(backbones: readonly BackboneInfo[]): Problem[] {
  return backbones
    .filter(({ bundled, installed }) => bundled && !installed)
    .map(({ name }) => ({ problem: `The weights of ${name} are missing`, fix: 'Install Scenelab again' }));
}

function memoryProblems(): Problem[] {
  if (totalmem() >= leastMemory) return [];
  return [
    {
      problem: `This machine has ${(totalmem() / gigabyte).toFixed(1)} GB of memory; fine-tuning wants 4 GB`,
      fix: 'Train with --preset quick, or a smaller --batch-size',
    },
  ];
}

async function describeFolder({ purpose, path }: { purpose: string; path: string }): Promise<Folder> {
  const place = nearestFolder(path);
  const writable = await access(place, constants.W_OK).then(
    () => true,
    () => false,
  );
  return { purpose, path, bytes: await sizeOf(path), writable };
}

async function diskProblems({ purpose, path, writable }: Folder): Promise<Problem[]> {
  const override = purpose === 'cache' ? 'SCENELAB_CACHE' : 'SCENELAB_DATA';
  if (!writable)
    return [
      {
        problem: `The folder for ${purpose}, ${path}, cannot be written to`,
        fix: `Change its permissions, or set ${override} to another folder`,
      },
    ];
  const { bavail, bsize } = await statfs(nearestFolder(path));
  if (bavail * bsize >= leastDisk) return [];
  return [
    {
      problem: `The disk of ${path} has ${((bavail * bsize) / gigabyte).toFixed(1)} GB left`,
      fix: `Free some space, or set ${override} to a folder on another disk`,
    },
  ];
}
