import { count, plural } from '../format.ts';

/** Beginning a project and adding photos to it. */
export const start = {
  start: {
    drop: 'Drop folders of photos here',
    leadBefore: 'One folder for each thing you want to tell apart, such as',
    examples: ['beach', 'mountain'],
    and: 'and',
    advice: '20 photos each is a start, 100 is good.',
    stay: 'Nothing leaves this computer.',
    choose: 'Choose folders…',
    sample: 'Try the sample project',
    sampleName: 'Sample project',
    empty: 'New empty project',
    recent: 'Recent projects',
    untitled: 'New project',
    projectName: (names: string[], more: number) => names.join(', ') + (more > 0 ? ' …' : ''),
    noPhotos: 'No photos yet',
    more: (project: string) => `More for ${project}`,
    rename: 'Rename…',
    forget: 'Remove from the list',
    delete: 'Delete…',
    renameTitle: (project: string) => `Rename “${project}”`,
    renameDetail: 'Its folder keeps its name.',
    renameDo: 'Rename',
    name: 'Name of the project',
    deleteTitle: (project: string) => `Delete the project “${project}”?`,
    deleteDetail:
      'Labels, splits, models and results of the project are gone then; this can’t be undone. ' +
      'Your photos stay where they are; only copies that a browser made of dropped ones go with it.',
    deleteDo: 'Delete project',
    tryAgain: 'Try again',
  },
  drop: {
    newProject: 'Let go to start a project with these photos',
    into: (project: string) => `Let go to add these photos to ${project}`,
    predict: 'Let go to predict these photos',
    look: 'Let go to look at these photos',
    notAdded: 'They are not added to a project.',
    hint: 'A folder for each label. Other files are left out, and listed.',
  },
  folders: {
    purposes: {
      add: { title: 'Choose folders', detail: 'The photos stay where they are.' },
      predict: { title: 'Choose folders to predict', detail: 'The photos stay where they are.' },
      sort: { title: 'Choose where to copy to', detail: 'A folder for the copies is made in there.' },
      export: { title: 'Choose where to export to', detail: 'A folder for the model is made in there.' },
    },
    places: 'Places',
    up: 'Folder above',
    here: (photos: number) => (photos ? `${plural(photos, 'photo')} here` : 'No photos directly here'),
    inside: (photos: number) => (photos ? count(photos) : ''),
    none: 'There are no folders in here.',
    path: 'Path',
    add: (n: number) => (n === 0 ? 'Add this folder' : `Add ${plural(n, 'folder')}`),
    predict: (n: number) => (n === 0 ? 'Predict this folder' : `Predict ${plural(n, 'folder')}`),
    sort: () => 'Copy here',
    export: () => 'Export here',
  },
  adding: {
    copy: (names: string) => `Copying ${names}`,
    import: (names: string) => `Importing ${names}`,
    names: (names: string[]) =>
      names.length === 0
        ? ''
        : names.length <= 2
          ? names.map((name) => `“${name}”`).join(' and ')
          : `“${names[0]}” and ${names.length - 1} more`,
    looking: 'Looking through the folders…',
    unit: 'photo',
    done: (imported: number) =>
      imported ? `${plural(imported, 'photo')} added.` : 'There were no new photos in there.',
    doneDetail: (r: { duplicates: number; unchanged: number; skipped: readonly unknown[] }) =>
      [
        r.unchanged && `${count(r.unchanged)} were here already.`,
        r.duplicates && `${plural(r.duplicates, 'copy', 'copies')} of the same photo counted once.`,
        r.skipped.length && `${plural(r.skipped.length, 'file')} could not be used; see Skipped.`,
      ]
        .filter(Boolean)
        .join(' '),
    labelAll: (label: string) => `Label them “${label}”`,
  },
};
