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
    beginning: (project: string) => `Making the project “${project}”…`,
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
      'Its labels, splits, models and results are deleted, which can’t be undone. ' +
      'Your photos stay where they are; only copies that a browser made of dropped ones are deleted too.',
    deleteDo: 'Delete project',
    tryAgain: 'Try again',
  },
  drop: {
    newProject: 'Drop to start a project with these photos',
    into: (project: string) => `Drop to add these photos to ${project}`,
    predict: 'Drop to predict these photos',
    look: 'Drop to look at these photos',
    notAdded: 'They are not added to a project.',
    hint: 'One folder for each label. Files that are no photos are skipped and listed.',
    nothingIn: (names: string) => `There are no photos in ${names}`,
    nothingInFix: 'Choose other photos or another folder',
  },
  folders: {
    purposes: {
      add: { title: 'Choose folders', detail: 'The photos stay where they are.' },
      predict: { title: 'Choose folders to predict', detail: 'The photos stay where they are.' },
      sort: { title: 'Choose where to copy to', detail: 'The copies get a folder of their own in it.' },
      export: { title: 'Choose where to export to', detail: 'The model gets a folder of its own in it.' },
    },
    places: 'Places',
    up: 'Folder above',
    here: (photos: number) => (photos ? `${plural(photos, 'photo')} here` : 'No photos directly here'),
    inside: (photos: number) => (photos ? count(photos) : ''),
    none: 'No folders in here.',
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
    done: (imported: number) => (imported ? `${plural(imported, 'photo')} added.` : 'No new photos found.'),
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
