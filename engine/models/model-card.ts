import type { Framing, Metrics } from '../../contract/index.ts';
import type { ModelDetails, ModelInfo } from './trained-model.ts';

/** The heading under which the card says how the model is used; it is the card's last. */
const useHeading = '## Use';

/** The card without its part about use, which depends on the format. Markdown. */
export function modelCard(model: ModelInfo, inputSize: number, details: ModelDetails): string {
  return [
    `# ${model.name}`,
    `Sorts photos into ${model.classNames.length} classes: ${model.classNames.join(', ')}. ` +
      `Trained with Scenelab on ${details.trainedAt.slice(0, 10)}.`,
    '## How good it is',
    quality(details),
    '## Where it fails',
    failures(model, details.test),
    '## What it was trained on',
    training(model, details),
    '## What it expects',
    `A photo upright and in sRGB, ${framingInWords(model.framing, inputSize)}. ` +
      `It answers with ${model.classNames.length} probabilities in the order of \`labels.txt\`. ` +
      'Programs differ a little in how they resize a photo, and the probabilities with them.',
  ].join('\n\n');
}

/** The card with how to use the file beside it, in the place of what it said about that before. */
export function withUse(card: string, use: string): string {
  const end = card.indexOf(`\n\n${useHeading}`);
  return `${end < 0 ? card.trimEnd() : card.slice(0, end)}\n\n${useHeading}\n\n${use}\n`;
}

/** How a photo of any shape becomes a square, e.g. "squeezed to 224 × 224 pixels". */
function framingInWords(framing: Framing, size: number): string {
  const square = `${size} × ${size} pixels`;
  if (framing === 'stretch') return `squeezed to ${square}`;
  if (framing === 'crop') return `scaled until its shorter side fits and cut to its middle, ${square}`;
  return `scaled until its longer side fits, centred on grey, ${square}`;
}

function quality({ test, baseline, settings }: ModelDetails): string {
  if (test.n === 0) return 'There were too few photos to keep some for a test: how good it is, is not known.';
  const [low, high] = test.accuracyInterval;
  const refit = {
    none: 'The figures are those of this model.',
    validation: 'The model was then trained once more, in the same way, with the validation photos too.',
    all: 'The model was then trained once more, in the same way, with validation and test photos too.',
  }[settings.refit];
  return [
    `On ${test.n} test photos that its training never saw: **accuracy ${percent(test.accuracy)}** ` +
      `(95 % interval ${percent(low)} to ${percent(high)}). ` +
      `Always answering "${baseline.className}" would score ${percent(baseline.accuracy)}. ${refit}`,
    table(
      ['', 'precision', 'recall', 'F1', 'ROC AUC', 'test photos'],
      [
        ...test.perClass.map((c) => [
          c.className,
          ...[c.precision, c.recall, c.f1].map(percent),
          c.rocAuc === null ? '–' : c.rocAuc.toFixed(3),
          String(c.support),
        ]),
        meanRow('macro mean', test.macro, test),
        meanRow('weighted mean', test.weighted, test),
      ],
    ),
    `Mean cross-entropy ${test.loss.toFixed(3)} nats` +
      (test.perClass.length > 5 ? `; among the five most probable ${percent(test.top5)}.` : '.'),
  ].join('\n\n');
}

function meanRow(name: string, mean: Metrics['macro'], test: Metrics): string[] {
  const area = name === 'macro mean' && test.rocAuc !== null ? test.rocAuc.toFixed(3) : '–';
  return [name, percent(mean.precision), percent(mean.recall), percent(mean.f1), area, String(test.n)];
}

function failures(model: ModelInfo, test: Metrics): string {
  const lines = confusions(test).map(
    ({ truth, answer, photos, of }) => `- ${photos} of ${of} photos of ${truth} were taken for ${answer}.`,
  );
  const few = test.perClass.filter((c) => c.support > 0 && c.support < 20).map((c) => c.className);
  return [
    ...lines,
    ...(test.n > 0 && lines.length === 0
      ? ['- It made no mistake on the test photos, which is no promise.']
      : []),
    ...(few.length > 0
      ? [`- Fewer than 20 test photos, so figures that can be far off: ${few.join(', ')}.`]
      : []),
    '- A photo of something else still gets one of these classes. ' +
      `Take an answer below ${percent(model.unsureBelow)} for "not sure".`,
  ].join('\n');
}

/** The five most frequent mistakes. */
function confusions(test: Metrics): { truth: string; answer: string; photos: number; of: number }[] {
  const name = (c: number) => test.perClass[c]?.className ?? '';
  return test.confusion
    .flatMap((row, truth) =>
      row.map((photos, answer) => ({ truth, answer, photos, of: test.perClass[truth]?.support ?? 0 })),
    )
    .filter(({ truth, answer, photos }) => truth !== answer && photos > 0)
    .sort((a, b) => b.photos - a.photos)
    .slice(0, 5)
    .map((mistake) => ({ ...mistake, truth: name(mistake.truth), answer: name(mistake.answer) }));
}

function training(model: ModelInfo, { settings }: ModelDetails): string {
  const counts = model.classNames.map((name, c) => `${name} ${model.trainingPhotos[c] ?? '?'}`);
  const how =
    settings.cut === null
      ? 'its last layer replaced and fitted to its optimum'
      : `fine-tuned from ${settings.cut} on, ${settings.epochs} epochs at most, ${settings.optimizer}, ` +
        `learning rate ${settings.learningRate}, batch size ${settings.batchSize}`;
  return (
    `Photos: ${counts.join(', ')}. Backbone ${settings.backbone}, ${how}; seed ${settings.seed}` +
    `${settings.classWeights ? ', rare classes weighed more' : ''}.`
  );
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
