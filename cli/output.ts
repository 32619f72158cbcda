import type {
  ExperimentEvent,
  FileEvent,
  Notice,
  Prediction,
  Progress,
  ScenelabError,
  SkippedEvent,
  TrainEvent,
} from '../contract/index.ts';

/** Everything that a verb may tell while it works. */
export type CliEvent =
  ExperimentEvent | TrainEvent | Progress | Notice | Prediction | SkippedEvent | FileEvent;

/** Where a verb tells what happens. */
export interface Output {
  event(event: CliEvent): void;
  /** The last word of a verb that came to its end; `words` are for people. */
  result(result: object, words: string): void;
  /** The last word of one that didn't. */
  failure(error: ScenelabError): void;
}

/** One JSON object a line; the last has the kind "result", or "error". */
export const jsonOutput: Output = {
  event: (event) => print(event),
  result: (result) => print({ kind: 'result', ...result }),
  failure: ({ data }) => print({ kind: 'error', ...data }),
};

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Passes a stream's events on and gives its result. */
export async function follow<R>(
  events: { next(): Promise<IteratorResult<CliEvent, R>> },
  output: Pick<Output, 'event'>,
): Promise<R> {
  for (;;) {
    const { done, value } = await events.next();
    if (done) return value;
    output.event(value);
  }
}
