/** What the app says outside of its page, in English. */
export const words = {
  app: 'Scenelab',
  file: '&File',
  newProject: 'New Project',
  addPhotos: 'Add Photos…',
  openProject: 'Open Project…',
  openRecent: 'Open Recent',
  nothingRecent: 'Nothing yet',
  edit: '&Edit',
  undo: 'Undo',
  redo: 'Redo',
  view: '&View',
  useGpu: 'Compute on the GPU',
  help: '&Help',
  keys: 'Keyboard Shortcuts',
  showData: 'Show My Projects in the File Manager',
  choose: {
    add: { title: 'Add photos', button: 'Add' },
    predict: { title: 'Predict photos', button: 'Predict' },
    export: { title: 'Where the model goes', button: 'Choose' },
    sort: { title: 'Where the sorted photos go', button: 'Choose' },
    project: { title: 'Open a project', button: 'Open' },
  },
  ended: {
    train: 'The model is trained',
    lab: 'The network is trained',
    experiment: 'The experiment is done',
  },
  seeChart: 'Its chart is in the Lab.',
  /** Of a project or a network. */
  seeHowGood: (name: string): string => `${name}: see how good it is.`,
};
