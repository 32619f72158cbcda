import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ScenelabError } from '../../contract/index.ts';
import { listBackbones } from '../backbones/registry.ts';
import { findProject, isProject, listRuns, openLibrary } from '../library/index.ts';

/** By these a folder is a model's. */
const modelFiles = new Set(['model.json', 'signature.json', 'metadata.json']);

/** What a person meant by a model: a folder that holds one, maybe of a project's run, or a bare backbone. */
export type FoundModel =
  | { readonly kind: 'model'; readonly folder: string; readonly run: ProjectRun | null }
  | { readonly kind: 'backbone'; readonly id: string };

/** The run of a project that left a model. */
export interface ProjectRun {
  readonly project: string;
  readonly folder: string;
}

/** Where a run keeps its model. */
export function modelFolder(runFolder: string): string {
  return join(runFolder, 'model');
}

/**
 * Finds a model by the folder of a model, a project or the folder of photos that a project is kept for (its newest finished
 * run), or the id of a backbone.
 * @throws ScenelabError NOT_FOUND when it is none of them or the project has no finished run, and as opening a project.
 */
export function findModel(model: string): FoundModel {
  if (isProject(model)) return ofProject(resolve(model));
  if (existsSync(model) && statSync(model).isDirectory()) return ofFolder(resolve(model));
  const backbones = listBackbones().map(({ id }) => id);
  if (backbones.includes(model)) return { kind: 'backbone', id: model };
  throw new ScenelabError(
    'NOT_FOUND',
    `There is no model "${model}"`,
    `the folder of a model or of a project, or one of ${backbones.join(', ')}`,
    'Check the path',
  );
}

function ofFolder(folder: string): FoundModel {
  const holdsModel = readdirSync(folder).some((name) => modelFiles.has(name));
  const { project } = findProject(folder);
  if (!holdsModel && isProject(project)) return ofProject(project);
  return { kind: 'model', folder, run: runAround(folder) };
}

function ofProject(project: string): FoundModel {
  using library = openLibrary(project);
  const folders = listRuns(library)
    .filter(({ state }) => state === 'finished')
    .map(({ id }) => library.runFolder(id));
  const folder = folders.find((folder) => existsSync(modelFolder(folder)));
  if (folder === undefined)
    throw new ScenelabError(
      'NOT_FOUND',
      `The project in ${project} has no trained model yet`,
      '',
      'Run `scenelab train` on it first',
    );
  return { kind: 'model', folder: modelFolder(folder), run: { project, folder } };
}

/** The run whose model lies in `folder`, when it is `<project>/runs/<id>/model`. */
function runAround(folder: string): ProjectRun | null {
  const project = join(folder, '../../..');
  return isProject(project) ? { project, folder: join(folder, '..') } : null;
}
