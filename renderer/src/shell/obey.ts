import type { PageCommand } from '../../../contract/index.ts';
import type { App } from '../state/app.svelte.ts';

/** Does what a person asked for outside of the page. Undo while they type is the text field's. */
export async function obey(app: App, command: PageCommand): Promise<void> {
  if (command.kind === 'open') {
    const project = command.paths.find((path) => /\.scenelab[\\/]?$/.test(path));
    await (project === undefined ? app.addFolders(command.paths) : app.open(project));
  } else if (command.kind === 'open-project') await app.open(command.project);
  else if (command.kind === 'new-project') app.close();
  else if (command.kind === 'add-photos') await app.chooseFolders();
  else if (command.kind === 'keys') app.areKeysShown = true;
  else if (isTyping(document.activeElement)) document.execCommand(command.kind);
  else await (command.kind === 'undo' ? app.undo() : app.redo());
}

const isTyping = (element: Element | null): boolean =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
