import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { PageCommand } from '../contract/index.ts';
import { menuTemplate, type MenuState } from './menu.ts';
import { words } from './words.ts';

const plain: MenuState = { platform: 'linux', recent: [], useGpu: null, developing: false };

function menu(state: Partial<MenuState> = {}) {
  const told: PageCommand[] = [];
  const done: string[] = [];
  const template = menuTemplate(
    { ...plain, ...state },
    {
      tell: (command) => told.push(PageCommand.parse(command)),
      openProject: () => done.push('open project'),
      setUseGpu: (use) => done.push(`use GPU: ${use}`),
      showData: () => done.push('show data'),
    },
  );
  return { template, items: template.flatMap(everyItem), told, done };
}

/** An item and all below it. */
function everyItem(item: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return [item, ...(Array.isArray(item.submenu) ? item.submenu.flatMap(everyItem) : [])];
}

/** Chooses an item as a person does; those used here ask nothing of the event. */
function choose(items: MenuItemConstructorOptions[], label: string, state: { checked?: boolean } = {}) {
  const item = items.find((each) => each.label === label);
  const click = item?.click as ((item: object) => void) | undefined;
  if (!click) throw new Error(`${label} is not in the menu.`);
  click(state);
}

test('every label of the app leads somewhere', () => {
  const { items } = menu({ useGpu: true, recent: [{ name: 'Beaches', project: '/p' }] });
  const dead = items.filter(({ label, click, submenu, role }) => label && !click && !submenu && !role);
  expect(dead).toEqual([]);
});

test('what the page does is told to the page', () => {
  const { items, told } = menu();
  for (const label of [words.newProject, words.addPhotos, words.undo, words.redo, words.keys])
    choose(items, label);
  expect(told.map(({ kind }) => kind)).toEqual(['new-project', 'add-photos', 'undo', 'redo', 'keys']);
});

test('a recent project is opened by its folder; without one the menu says so', () => {
  const { items, told } = menu({ recent: [{ name: 'Beaches', project: '/projects/Beaches.scenelab' }] });
  choose(items, 'Beaches');
  expect(told).toEqual([{ kind: 'open-project', project: '/projects/Beaches.scenelab' }]);
  expect(menu().items.find(({ label }) => label === words.nothingRecent)?.enabled).toBe(false);
});

test('ten recent projects are enough for a menu', () => {
  const recent = Array.from({ length: 30 }, (_, n) => ({ name: `Project ${n}`, project: `/${n}` }));
  expect(menu({ recent }).items.filter(({ label }) => label?.startsWith('Project '))).toHaveLength(10);
});

test('the GPU can be switched off where there is one to choose', () => {
  const { items, done } = menu({ useGpu: true });
  expect(items.find(({ label }) => label === words.useGpu)).toMatchObject({
    type: 'checkbox',
    checked: true,
  });
  choose(items, words.useGpu, { checked: false });
  expect(done).toEqual(['use GPU: false']);
  expect(menu({ useGpu: null }).items.some(({ label }) => label === words.useGpu)).toBe(false);
});

test('keys that the page hears itself are only shown', () => {
  const undo = menu().items.find(({ label }) => label === words.undo);
  expect(undo).toMatchObject({ accelerator: 'CmdOrCtrl+Z', registerAccelerator: false });
});

describe('each system has its own roles', () => {
  const roles = (state: Partial<MenuState>) => menu(state).items.map(({ role }) => role);
  test('macOS has the app’s menu and closes windows', () => {
    expect(roles({ platform: 'darwin' })).toEqual(expect.arrayContaining(['appMenu', 'close', 'windowMenu']));
    expect(roles({ platform: 'darwin' })).not.toContain('quit');
  });
  test('others quit from the file menu and have About in Help', () => {
    expect(roles({ platform: 'win32' })).toEqual(expect.arrayContaining(['quit', 'about', 'windowMenu']));
  });
  test('developers’ tools are not in the packed app', () => {
    expect(roles({ developing: false })).not.toContain('toggleDevTools');
    expect(roles({ developing: true })).toContain('toggleDevTools');
  });
});
