import { count, plural } from '../format.ts';

/** The predict screen. */
export const predict = {
  predict: {
    title: 'Predict',
    emptyTitle: 'Drop photos or folders here',
    emptyDetail: (when: string) =>
      `The model of ${when} says what is in them. They are not added to the project.`,
    choose: 'Choose folders…',
    others: 'Others…',
    copy: 'Copying',
    predict: 'Predicting',
    unit: 'photo',
    show: 'Show',
    all: 'All',
    unsure: 'Not sure',
    skipped: 'Skipped',
    label: 'Label',
    anyLabel: 'Any label',
    least: 'At least',
    leastName: 'Least confidence',
    shown: (n: number, of: number) =>
      n === of ? plural(n, 'photo') : `${count(n)} of ${plural(of, 'photo')}`,
    none: 'No photo is like that',
    noneDetail: 'Lower the least confidence, or choose another label.',
    saveCsv: 'Save CSV',
    saveJson: 'Save JSON',
    saveHelp: 'Saves what is shown',
    fileName: (project: string) => `${project} predictions`,
    notSure: 'not sure',
    notSureHelp: 'The best answer is not probable enough to be believed. Look yourself.',
    list: 'Predictions',
  },
};
