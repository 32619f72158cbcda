import { count, percent, plural } from '../format.ts';

/** 0.043 → "+4 points"; the sign is said. */
const points = (share: number): string => {
  const rounded = Math.round(share * 100);
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '±';
  return `${sign}${Math.abs(rounded)}`;
};

/** The results screen. */
export const results = {
  results: {
    title: 'Results',
    of: (n: number) => `of ${plural(n, 'photo')} it had never seen ${n === 1 ? 'is' : 'are'} right`,
    again: 'Fine-tune again',
    check: (n: number) => `Check ${plural(n, 'label')}`,
    take: 'Export…',
    changed: (n: number) => `${plural(n, 'photo')} changed since this run.`,
    show: 'Show them',
    bands: {
      now: 'This run',
      before: 'Previous run',
      title: (low: string, high: string, baseline: string) =>
        `Between ${low} and ${high}; guessing gets ${baseline}`,
      titleBefore: (share: string, low: string, high: string) =>
        `The previous run: ${share}, between ${low} and ${high}`,
      interval: (low: string, high: string) => `Most likely between ${low} and ${high} on photos like these.`,
      intervalHelp: '95 % interval of a share (Wilson). It gets narrower with more test photos.',
      baseline: (label: string, share: string) => `Always saying “${label}” would get ${share}.`,
      baselineHelp:
        'The baseline: the most common label among the photos learned from, given to every test photo.',
      see: 'Show the previous run',
    },
    paired: {
      none: 'The previous run was judged on other photos.',
      same: (n: number) => `The previous run had the same of these ${plural(n, 'photo')} right.`,
      counts: (n: number, gained: number, lost: number) =>
        `Of the ${plural(n, 'photo')} that both runs judged, ${count(gained)} ${gained === 1 ? 'was' : 'were'} wrong before and ${gained === 1 ? 'is' : 'are'} right now, ${lost ? count(lost) : 'none'} the other way round, by the labels of this run.`,
      points: (difference: number, low: number, high: number) =>
        `${points(difference)} points on the previous run, most likely ${points(low)} to ${points(high)}.`,
      chance: 'That can be chance.',
      real: 'That is more than chance.',
      help: (p: string) =>
        `McNemar’s test, mid-p: p = ${p}. Interval for paired shares (Bonett and Price), 95 %.`,
    },
    since: (n: number) =>
      `${plural(n, 'test photo')} relabelled or excluded since. This figure still goes by the old labels; fine-tune again to see what that changes.`,
    corrected: ({ relabelled, excluded }: { relabelled: number; excluded: number }, share: string) => {
      const both = [
        relabelled > 0 && `${plural(relabelled, 'test photo')} relabelled`,
        excluded > 0 && `${plural(excluded, 'test photo')} excluded`,
      ].filter(Boolean);
      const first = relabelled > 0 ? ` By the original labels it would be ${share}.` : '';
      return `${both.join(' and ')} after an earlier run had answered ${relabelled + excluded === 1 ? 'it' : 'them'}. Mostly mistakes are changed, so the figure may flatter.${first}`;
    },
    confusion: {
      title: 'What it mixes up',
      detail:
        'Each row: what the model said of the photos with that label. Red is mixed up; choose a number to see its photos.',
      term: 'How to read it',
      help: 'A confusion matrix, of the test photos: rows true, columns predicted. A model that is always right has numbers only on the diagonal.',
      rows: 'your label',
      columns: 'what the model said',
      none: 'Nothing: every test photo is right.',
      most: 'Most often:',
      pair: (n: number, label: string, predicted: string) => `${count(n)} × ${label} called ${predicted}`,
      cell: (n: number, label: string, predicted: string) =>
        label === predicted
          ? `${plural(n, 'photo')} of ${label} right`
          : `${plural(n, 'photo')} of ${label} called ${predicted}`,
    },
    labels: {
      title: 'Label by label',
      /** In plain words, and below in the field's. */
      columns: {
        className: { plain: 'Label', term: '' },
        recall: { plain: 'Found', term: 'recall' },
        precision: { plain: 'Right if said', term: 'precision' },
        f1: { plain: 'Both', term: 'F1' },
        rocAuc: { plain: 'Told apart', term: 'AUC' },
        support: { plain: 'Photos', term: 'support' },
      },
      mean: 'Mean',
      help: {
        className: 'Sort by name.',
        precision: 'When it says this label, how often it is right.',
        recall: 'Of the photos with this label, how many it finds.',
        f1: 'Precision and recall in one figure; 1 is perfect. The change is since the previous run.',
        rocAuc:
          'How often a photo with this label gets a higher probability of it than one without: 1 always, 0.5 by chance. Area under the ROC curve.',
        support: 'Test photos with this label. With few of them the figures are rough.',
        mean: 'Every label counts the same (macro average).',
      },
    },
    mistakes: {
      title: 'Mistakes',
      look: 'Look at it larger',
      suspects: 'These may carry a wrong label',
      noSuspects: 'No label looks wrong',
      suspectsDetail: (n: number) =>
        `Each of the ${plural(n, 'photo')} it learned from was also answered by a model that had not seen it. That model is surer that these are something else.`,
      noSuspectsDetail: (n: number) =>
        `Each of the ${plural(n, 'photo')} it learned from was also answered by a model that had not seen it.`,
      suspectsTerm: 'How it is found',
      suspectsHelp:
        'Five-fold cross-validation on embeddings, ranked by confident learning (Northcutt et al. 2021).',
      hard: (n: number) =>
        `${plural(n, 'more answer')} differ${n === 1 ? 's' : ''}, but less surely: probably hard photos`,
      test: 'Mistakes on test photos',
      testDetail:
        'These judge the model. Change a label here only where it is plainly wrong, not because the model says so.',
      none: 'None.',
      keys: 'Enter takes its answer, K keeps your label, Delete excludes, U undoes that.',
      cell: (label: string, predicted: string, n: number) =>
        label === predicted
          ? `${label}: ${plural(n, 'photo')} right`
          : `${label} called ${predicted}: ${plural(n, 'photo')}`,
      since: (n: number) => `${plural(n, 'test photo')} changed since this run`,
      before: (n: number) => `${plural(n, 'test photo')} relabelled after an earlier run`,
      all: 'All mistakes',
      more: (n: number) => `Show ${count(n)} more`,
      youSaid: (label: string) => `you said ${label}`,
      nowLabelled: (label: string) => `now ${label}`,
      was: (label: string) => `was ${label}`,
      relabelled: 'relabelled',
      excluded: 'excluded',
      kept: (label: string) => `stays ${label}`,
      card: (predicted: string, share: string, label: string) => `${predicted} ${share}, you said ${label}`,
      keep: 'Keep',
      keepHelp: 'Your label is right (K)',
      relabel: (label: string) => `It is ${label}`,
      relabelHelp: 'Take the model’s answer (Enter)',
      excludeHelp: 'Leave this photo out (Delete)',
      undo: 'Undo',
      undoHelp: 'Undo this (U)',
    },
    more: {
      confidence: 'Can its confidence be believed?',
      trusted: (sure: string, right: string, n: number) =>
        `On average it was ${sure} sure, and ${right} were right: as far as ${plural(n, 'photo')} can tell, yes.`,
      tooSure: (sure: string, right: string) =>
        `It was ${sure} sure on average, but ${right} were right: it is surer than it should be.`,
      tooTimid: (sure: string, right: string) =>
        `It was ${sure} sure on average, and ${right} were right: it knows more than it says.`,
      sure: 'It says',
      right: 'Right',
      bin: (from: number, to: number) => `${Math.round(100 * from)}–${percent(to)}`,
      binFigure: (n: number, share: string) => `${share} of ${count(n)}`,
      barHelp: 'The bar ends where it was right; between the marks is where it should end.',
      first: 'Its next best answers',
      firstDetail: 'How often the right label is among the most probable ones (top-k accuracy).',
      within: [
        'Right at once',
        'Among its first two',
        'Among its first three',
        'Among its first four',
        'Among its first five',
      ],
      field: 'In the field’s words',
      fieldHelp: 'On the test photos. Means over labels are unweighted (macro) unless said otherwise.',
      figures: {
        accuracy: 'Accuracy',
        interval: '95 % interval (Wilson)',
        macroF1: 'F1, macro',
        weightedF1: 'F1, weighted',
        rocAuc: 'ROC AUC, macro',
        loss: 'Cross-entropy, nats',
        calibration: 'Calibration error (ECE)',
      },
    },
    roc: {
      title: 'ROC curves',
      detail:
        'How many photos of a label are found (up), for how many false alarms (right). The nearer to the upper left corner, the better; the dashed line is chance.',
      area: (area: string) => `AUC ${area}`,
      chart: (label: string, area: string) => `ROC curve of ${label}, area ${area}`,
    },
  },
};
