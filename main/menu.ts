import type { MenuItemConstructorOptions } from 'electron';
import type { PageCommand } from '../contract/index.ts';
import { words } from './words.ts';

export interface MenuState {
  platform: NodeJS.Platform;
  /** Projects that were open, the newest first. */
  recent: readonly { name: string; project: string }[];
  /** Null where there is no GPU to choose. */
  useGpu: boolean | null;
  /** Whether the developers' tools are within reach. */
  developing: boolean;
}

export interface MenuActions {
  tell(command: PageCommand): void;
  openProject(): void;
  setUseGpu(use: boolean): void;
  showData(): void;
}

const separator: MenuItemConstructorOptions = { type: 'separator' };
const recentShown = 10;

/** The app's menu: the system's own roles wherever there is one. What the page does is told to the page. */
export function menuTemplate(state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = state.platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    fileMenu(state, actions),
    editMenu(actions),
    viewMenu(state, actions),
    { role: 'windowMenu' },
    helpMenu(state, actions),
  ];
}

function fileMenu(
  { platform, recent }: MenuState,
  { tell, openProject }: MenuActions,
): MenuItemConstructorOptions {
  const projects: MenuItemConstructorOptions[] = recent
    .slice(0, recentShown)
    .map(({ name, project }) => ({ label: name, click: () => tell({ kind: 'open-project', project }) }));
  return {
    label: words.file,
    submenu: [
      { label: words.newProject, accelerator: 'CmdOrCtrl+N', click: () => tell({ kind: 'new-project' }) },
      { label: words.openProject, accelerator: 'CmdOrCtrl+Shift+O', click: openProject },
      {
        label: words.openRecent,
        submenu: projects.length > 0 ? projects : [{ label: words.nothingRecent, enabled: false }],
      },
      separator,
      { label: words.addPhotos, accelerator: 'CmdOrCtrl+O', click: () => tell({ kind: 'add-photos' }) },
      separator,
      { role: platform === 'darwin' ? 'close' : 'quit' },
    ],
  };
}

/** Undo is the page's: it knows labels, and text while a person types. Its keys reach the page by themselves. */
function editMenu({ tell }: MenuActions): MenuItemConstructorOptions {
  const own = { registerAccelerator: false };
  return {
    label: words.edit,
    submenu: [
      { label: words.undo, accelerator: 'CmdOrCtrl+Z', ...own, click: () => tell({ kind: 'undo' }) },
      { label: words.redo, accelerator: 'CmdOrCtrl+Shift+Z', ...own, click: () => tell({ kind: 'redo' }) },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
}

function viewMenu({ useGpu, developing }: MenuState, { setUseGpu }: MenuActions): MenuItemConstructorOptions {
  const gpu: MenuItemConstructorOptions[] =
    useGpu === null
      ? []
      : [
          separator,
          {
            label: words.useGpu,
            type: 'checkbox',
            checked: useGpu,
            click: ({ checked }) => setUseGpu(checked),
          },
        ];
  return {
    label: words.view,
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...gpu,
      ...(developing ? [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }] : []),
    ],
  };
}

function helpMenu({ platform }: MenuState, { tell, showData }: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'help',
    label: words.help,
    submenu: [
      { label: words.keys, click: () => tell({ kind: 'keys' }) },
      { label: words.showData, click: showData },
      ...(platform === 'darwin' ? [] : [separator, { role: 'about' as const }]),
    ],
  };
}
