import type { ClientContext, ClientLink } from '@orpc/client';

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
   * Gives paths that the engine can read. In a browser this uploads the files into the project and tells how many of how
   * many have arrived.
   */
  bring(
    projectKey: string,
    arrived: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<string[]>;
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
  connect(): Promise<Connection>;
  /** The system's own dialog; null where there is none and the page shows a picker. */
  chooseFolders: (() => Promise<string[]>) | null;
  listFolder(path: string | null): Promise<FolderListing>;
  take(transfer: DataTransfer): Dropped;
  photoAddress(projectKey: string, photo: string, size: 'thumbnail' | 'preview'): string;
}
