import { plural } from '../format.ts';

/** What stands around the screens. */
export const shell = {
  app: {
    name: 'Scenelab',
    promise: 'Teach your computer to tell your photos apart.',
    gone: 'Scenelab has ended',
    goneDetail: 'What was stored is safe. Start Scenelab again; it opens a page of its own.',
    skipToContent: 'Skip to the content',
  },
  nav: {
    title: 'Screens',
    photos: 'Photos',
    train: 'Train',
    results: 'Results',
    predict: 'Predict',
    export: 'Export',
    lab: 'Lab',
    machine: 'This machine',
  },
  top: {
    counts: (photos: number, labels: number) => `${plural(photos, 'photo')} · ${plural(labels, 'label')}`,
    allProjects: 'All projects',
    theme: 'Appearance',
    themeSystem: 'Like the system',
    themeLight: 'Light',
    themeDark: 'Dark',
    starting: 'Starting…',
    restarting: 'The engine stopped. Starting it again…',
    undo: (what: string | null) => (what ? `Undo: ${what}` : 'Nothing to undo'),
    redo: (what: string | null) => (what ? `Redo: ${what}` : 'Nothing to redo'),
  },
  notes: { title: 'Messages', dismiss: 'Dismiss' },
  failure: {
    expected: (what: string) => `Expected ${what}`,
    stopped: 'The engine stopped',
    stoppedFix: 'What is stored is safe. It is being started again; try once more',
    internalFix: 'This is a mistake in Scenelab. Try again; if it happens again, please report it',
  },
  keys: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    groups: [
      {
        title: 'Label',
        keys: [
          { keys: ['1', '–', '9'], does: 'Label the selection' },
          { keys: ['0'], does: 'Remove the label' },
          { keys: ['A', '–', 'Z'], does: 'Find a label by name, or make one' },
          { keys: ['Delete'], does: 'Exclude the selection' },
          { keys: ['mod', 'Z'], does: 'Undo' },
          { keys: ['mod', 'Shift', 'Z'], does: 'Redo' },
        ],
      },
      {
        title: 'Move and select',
        keys: [
          { keys: ['←', '↑', '→', '↓'], does: 'Move' },
          { keys: ['Shift', '←', '→'], does: 'Extend the selection' },
          { keys: ['mod', 'A'], does: 'Select all' },
          { keys: ['Esc'], does: 'Clear the selection' },
          { keys: ['Home', 'End'], does: 'First and last photo' },
        ],
      },
      {
        title: 'Look',
        keys: [
          { keys: ['Space'], does: 'Preview' },
          { keys: ['+', '−'], does: 'Larger and smaller photos' },
          { keys: ['/'], does: 'Filter' },
          { keys: ['?'], does: 'This list' },
        ],
      },
    ],
  },
};
