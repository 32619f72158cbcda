import type { ClientContext, ClientLink } from '@orpc/client';
import type { FolderPurpose, PageCommand, PhotoSize } from '../../../contract/index.ts';

/** A line to one engine process. It ends when that process does. */
export interface Connection {
  link: ClientLink<ClientContext>;
  closed: Promise<void>;
}

/** What was dropped on the window, taken down while the drop event lasts. */
export interface Dropped {
  /** Names of the folders and files at the top. */
  names: string[];
  /**
   * Gives paths that the engine can read. In a browser this uploads the files into the project, or for null to a place
   * that lasts until `forget`, and tells how many of how many have arrived.
   */
  bring(
    projectKey: string | null,
    arrived: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<string[]>;
  /** What was brought for no project is not needed any more. */
  forget(): Promise<void>;
}

/** A folder of this machine, as the folder picker shows it. */
export interface FolderListing {
  path: string;
  /** Null at the top. */
  parent: string | null;
  folders: { name: string; path: string; photos: number }[];
  /** Photos lying in the folder itself. */
  photos: number;
  /** Where people usually start. */
  places: { name: string; path: string }[];
}

/** The little that differs between Electron and a browser. */
export interface Shell {
  /** Waits while an engine starts; rejects when nobody is there who could start one. */
  connect(): Promise<Connection>;
  /** The system's own dialog; null where there is none and the page shows a picker. */
  chooseFolders: ((purpose: FolderPurpose) => Promise<string[]>) | null;
  listFolder(path: string | null): Promise<FolderListing>;
  take(transfer: DataTransfer): Dropped;
  /** Shows a file or folder in the system's file manager; false where there is none. Rejects when the path is gone. */
  reveal(path: string): Promise<boolean>;
  /** Calls back with what is done outside of the page, as in a menu. */
  onCommand(listener: (command: PageCommand) => void): void;
  photoAddress(projectKey: string, photo: string, size: PhotoSize): string;
}
