import type { FolderPurpose } from '../../../contract/index.ts';
import type { Shell } from '../shell/shell.ts';

/** A question for folders that the page's own picker answers; with none when it was closed. */
export interface FolderRequest {
  purpose: FolderPurpose;
  answer: (folders: string[]) => void;
}

/** Asks people for folders: with the system's dialog where there is one, elsewhere with the page's own. */
export class Folders {
  /** What the page's own picker is to ask now. */
  request = $state.raw<FolderRequest | null>(null);
  readonly #shell: Shell;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** None when the dialog was closed. */
  async ask(purpose: FolderPurpose): Promise<string[]> {
    if (this.#shell.chooseFolders) return this.#shell.chooseFolders(purpose);
    const { promise, resolve } = Promise.withResolvers<string[]>();
    this.request = { purpose, answer: resolve };
    const folders = await promise;
    this.request = null;
    return folders;
  }
}
