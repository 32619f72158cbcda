import { plural } from '../format.ts';

/** The results screen. */
export const results = {
  results: {
    title: 'Results',
    noneTitle: 'No model yet',
    noneDetail: 'Fine-tune one, and see here how good it is and where it fails.',
    of: (n: number) => `of ${plural(n, 'photo')} it had never seen ${n === 1 ? 'is' : 'are'} right`,
    band: (low: string, high: string, baseline: string) =>
      `Between ${low} and ${high}; guessing gets ${baseline}`,
    interval: (low: string, high: string) =>
      `On photos like these, the true figure is most likely between ${low} and ${high}.`,
    baseline: (label: string, share: string) => `Always saying “${label}” gets ${share}.`,
    before: (when: string, share: string) => `The run before, ${when}: ${share}.`,
    seeBefore: 'Look at it',
    relabelled: (n: number) =>
      `${plural(n, 'test photo')} relabelled or excluded since. Fine-tune again to see what that changes.`,
    again: 'Fine-tune again',
    confusion: {
      title: 'What it mixes up',
      detail: 'Rows: your label, columns: its answer. Click a number to see the photos.',
      cell: (n: number, label: string, predicted: string) =>
        label === predicted
          ? `${plural(n, 'photo')} of ${label} right`
          : `${plural(n, 'photo')} of ${label} called ${predicted}`,
    },
    labels: {
      title: 'Label by label',
      label: 'Label',
      precision: 'Precision',
      recall: 'Recall',
      f1: 'F1',
      photos: 'Photos',
      help: {
        precision: 'When it says this label, how often it is right.',
        recall: 'Of the photos with this label, how many it finds.',
        f1: 'Precision and recall in one figure; 1 is perfect.',
        photos: 'Test photos with this label. With few of them the figures are rough.',
      },
    },
    mistakes: {
      title: 'Worst mistakes first',
      detail: 'Is the model wrong, or the label? Enter takes its answer, K keeps yours, Delete excludes.',
      none: 'Nothing left to look at.',
      cell: (label: string, predicted: string, n: number) =>
        label === predicted
          ? `${label}: ${plural(n, 'photo')} right`
          : `${label} called ${predicted}: ${plural(n, 'photo')}`,
      all: 'All mistakes',
      more: (n: number) => `and ${plural(n, 'more mistake')}`,
      youSaid: (label: string) => `you said ${label}`,
      nowLabelled: (label: string) => `now ${label}`,
      excluded: 'excluded',
      card: (predicted: string, share: string, label: string) => `${predicted} ${share}, you said ${label}`,
      keep: 'Keep',
      keepHelp: 'Your label is right (K)',
      relabelHelp: 'Take the model’s answer (Enter)',
      excludeHelp: 'Leave this photo out (Delete)',
    },
    roc: {
      title: 'ROC curves',
      detail:
        'How many photos of a label are found, for how many false alarms. The further up and left, the better.',
      area: (area: string) => `AUC ${area}`,
      chart: (label: string, area: string) => `ROC curve of ${label}, area ${area}`,
    },
  },
};
