import { ScenelabError, type PhotoId, type Run, type RunResults } from '../../contract/index.ts';
import { comparePaired } from '../evaluation/compare-paired.ts';
import { readEvaluation } from '../evaluation/stored-evaluation.ts';
import {
  readConfirmed,
  readLabelsNow,
  renamedLabels,
  type LabelNow,
  type Library,
} from '../library/index.ts';
import { readRuns, readVerdict, type Verdict } from './read-runs.ts';

/** The verdict on a finished run, the newest when none is named. Throws NOT_FOUND and PROJECT_CORRUPT. */
export async function readRun(library: Library, runId?: string): Promise<RunResults> {
  const runs = readRuns(library);
  const place = runs.findIndex((each) => (runId ? each.runId === runId : each.state === 'finished'));
  const run = runs[place];
  if (!run)
    throw new ScenelabError('NOT_FOUND', 'There is no trained model yet', '', 'Press Fine-tune to make one');
  const names = renamedLabels(library);
  const folder = library.runFolder(run.runId);
  const verdict = renamed(readVerdict(folder) ?? (await readEvaluation(folder)), names);
  const earlier = runs.slice(place + 1).flatMap((run) => {
    const verdict = readVerdict(library.runFolder(run.runId));
    return run.state === 'finished' && verdict ? { run, ...renamed(verdict, names) } : [];
  });
  const labels = readLabelsNow(library);
  // A photo that is gone counts as left out.
  const confirmed = readConfirmed(library);
  const now = (photo: PhotoId) => ({
    ...(labels.get(photo) ?? { labelNow: null, excluded: true }),
    confirmed: confirmed.has(photo),
  });
  const { test, baseline, answers = [], learned } = verdict;
  const first = firstLabels(earlier);
  const judged = answers.map((answer) => {
    const before = first.get(answer.photo);
    return {
      ...answer,
      ...now(answer.photo),
      labelBefore: before === undefined || before === answer.label ? null : before,
    };
  });
  return {
    run,
    test,
    baseline,
    answers: judged,
    corrected: correctedOf(judged, first, now),
    learned: learned?.length
      ? {
          n: learned.length,
          mistakes: learned
            .filter(({ label, predicted }) => label !== predicted)
            .map((answer) => ({ ...answer, ...now(answer.photo) })),
        }
      : null,
    before: compared(judged, earlier[0]),
  };
}

type Judged = RunResults['answers'][number];

/** The label by which each photo was judged first, over all runs given, the newest first. */
function firstLabels(runs: readonly Verdict[]): ReadonlyMap<PhotoId, string> {
  return new Map(runs.flatMap(({ answers = [] }) => answers.map(({ photo, label }) => [photo, label])));
}

/** What people changed of the test photos after a model had answered them. */
function correctedOf(
  judged: readonly Judged[],
  first: ReadonlyMap<PhotoId, string>,
  now: (photo: PhotoId) => LabelNow,
): RunResults['corrected'] {
  const here = new Set(judged.map(({ photo }) => photo));
  const right = judged.filter(({ label, labelBefore, predicted }) => predicted === (labelBefore ?? label));
  return {
    relabelled: judged.filter(({ labelBefore }) => labelBefore !== null).length,
    excluded: [...first.keys()].filter((photo) => !here.has(photo) && now(photo).excluded).length,
    accuracyBefore: judged.length === 0 ? 0 : right.length / judged.length,
  };
}

/** Two runs on the photos that both judged, by the labels of the newer one. */
function compared(
  judged: readonly Judged[],
  before: (Verdict & { run: Run }) | undefined,
): RunResults['before'] {
  if (!before) return null;
  const { run, test, answers = [] } = before;
  const answered = new Map(answers.map(({ photo, predicted }) => [photo, predicted]));
  const pairs = judged.flatMap(({ photo, label, predicted }) => {
    const then = answered.get(photo);
    return then === undefined ? [] : { now: predicted === label, before: then === label };
  });
  return { run, test, paired: pairs.length > 0 ? comparePaired(pairs) : null };
}

/** A verdict in the names that its labels have now. */
function renamed<T extends Verdict>(verdict: T, names: ReadonlyMap<string, string>): T {
  if (names.size === 0) return verdict;
  const rename = (name: string) => names.get(name) ?? name;
  const named = <N extends { className: string }>(of: N): N => ({ ...of, className: rename(of.className) });
  const answered = <A extends { label: string; predicted: string }>(answer: A): A => ({
    ...answer,
    label: rename(answer.label),
    predicted: rename(answer.predicted),
  });
  const { test, baseline, answers, learned } = verdict;
  return {
    ...verdict,
    test: { ...test, perClass: test.perClass.map(named), rocCurves: test.rocCurves.map(named) },
    baseline: named(baseline),
    ...(answers && { answers: answers.map(answered) }),
    ...(learned && { learned: learned.map(answered) }),
  };
}
