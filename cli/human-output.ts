import type { Epoch, MemoryNeed, Prediction, ScenelabError, Stage } from '../contract/index.ts';
import { armWords } from './experiment-words.ts';
import type { CliEvent, Output } from './output.ts';
import { ProgressDisplay } from './progress-display.ts';
import type { Advance } from './progress-line.ts';
import { percent, size, stageWords } from './words.ts';

/** What a stage counts, where that is not photos. */
const units: Readonly<Partial<Record<Stage, Advance['unit']>>> = {
  scan: 'files',
  sort: 'files',
  export: 'files',
  download: 'bytes',
};

/** For people: answers on stdout; how it goes, and what they should know, on stderr. */
export class HumanOutput implements Output {
  readonly #progress = new ProgressDisplay();

  event(event: CliEvent): void {
    switch (event.kind) {
      case 'progress':
        this.#progress.show({
          ...event,
          name: stageWords[event.stage],
          unit: units[event.stage] ?? 'photos',
        });
        break;
      case 'step':
        this.#progress.show({
          name: `${stageWords[event.stage]}, epoch ${event.epoch}`,
          done: event.step,
          total: event.steps,
          rate: event.photosPerSecond,
          secondsLeft: event.secondsLeft,
          unit: 'steps',
          note: `loss ${event.loss.toFixed(3)}`,
        });
        break;
      case 'trial': {
        const { arm, x, seed, seeds, epoch, epochs, share, secondsLeft } = event;
        const note = `epoch ${epoch} of ${epochs}`;
        const name = `${armWords(arm)} at ${x.toLocaleString('en')}, run ${seed} of ${seeds}`;
        const how = { total: 100, rate: null, unit: 'percent' } as const;
        this.#progress.show({ ...how, name, done: 100 * share, secondsLeft, note });
        break;
      }
      case 'prediction':
        this.#write(process.stdout, predictionWords(event));
        break;
      default:
        this.#write(process.stderr, words(event));
    }
  }

  result(_result: object, words: string): void {
    this.#write(process.stdout, words);
  }

  failure(error: ScenelabError): void {
    this.#write(process.stderr, `scenelab: ${error.message.replaceAll(/\s*\n\s*/g, ' ')}`);
  }

  #write(stream: NodeJS.WriteStream, line: string): void {
    this.#progress.clear();
    stream.write(`${line}\n`);
  }
}

function words(event: Exclude<CliEvent, { kind: 'progress' | 'step' | 'trial' | 'prediction' }>): string {
  switch (event.kind) {
    case 'notice':
      return event.message;
    case 'epoch':
      return epochWords(event);
    case 'measured':
      return `${armWords(event.arm)} at ${event.x.toLocaleString('en')}, run ${event.seed}: ${(100 * event.accuracy).toFixed(2)} %`;
    case 'resumed':
      return `Going on with run ${event.runId} after epoch ${event.epoch}.`;
    case 'memory':
      return memoryWords(event);
    case 'skipped':
      return `${event.path}: skipped. ${event.reason}`;
    case 'sorted':
      return event.to ? `${event.path} → ${event.to}` : `${event.path}: not sorted. ${event.reason}`;
    case 'sidecar':
      return event.to ? `${event.to} written` : `${event.path}: no sidecar written. ${event.reason}`;
  }
}

function epochWords({ stage, epoch, epochs, loss, accuracy, ...rest }: Epoch): string {
  const { validationLoss, validationAccuracy, best } = rest;
  const validation =
    validationLoss === null || validationAccuracy === null
      ? ''
      : ` · validation loss ${validationLoss.toFixed(3)}, ${percent(validationAccuracy)} right${best ? ' · best so far' : ''}`;
  const name = `${stageWords[stage]}: epoch ${epoch} of ${epochs}`;
  return `${name} · loss ${loss.toFixed(3)}, ${percent(accuracy)} right${validation}`;
}

function memoryWords({ bytes, freeBytes, parts }: MemoryNeed): string {
  const inParts = parts > 1 ? `; a batch goes through in ${parts} parts` : '';
  return `Needs about ${size(bytes)} of the ${size(freeBytes)} of free memory${inParts}.`;
}

function predictionWords({ path, predictions, unsure }: Prediction): string {
  const answers = predictions.map(({ className, probability }) => `${className} ${percent(probability)}`);
  return `${path}: ${answers.join(', ')}${unsure ? ' (not sure)' : ''}`;
}
