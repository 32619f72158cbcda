import { join } from 'node:path';
import { app, dialog, type BrowserWindow, type OpenDialogOptions, type Session } from 'electron';
import type { FolderPurpose } from '../contract/index.ts';
import { words } from './words.ts';

const properties: Record<FolderPurpose, OpenDialogOptions['properties']> = {
  add: ['openDirectory', 'multiSelections'],
  predict: ['openDirectory', 'multiSelections'],
  export: ['openDirectory', 'createDirectory'],
  sort: ['openDirectory', 'createDirectory'],
};

/** Asks for folders in the system's dialog; none when it was closed. */
export async function chooseFolders(window: BrowserWindow, purpose: FolderPurpose): Promise<string[]> {
  const { title, button } = words.choose[purpose];
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel: button,
    properties: properties[purpose] ?? [],
  });
  return filePaths;
}

/** Asks for a project's folder, which macOS shows as a file; null when the dialog was closed. */
export async function chooseProject(window: BrowserWindow): Promise<string | null> {
  const { title, button } = words.choose.project;
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel: button,
    properties: process.platform === 'darwin' ? ['openFile', 'openDirectory'] : ['openDirectory'],
    filters: [{ name: words.app, extensions: ['scenelab'] }],
  });
  return filePaths[0] ?? null;
}

/** What the page gives as a file goes where the person says, beginning with Downloads. */
export function askWhereToSave(session: Session): void {
  session.on('will-download', (_event, item) =>
    item.setSaveDialogOptions({ defaultPath: join(app.getPath('downloads'), item.getFilename()) }),
  );
}
