import type { Command } from 'commander';
import { ScenelabError } from '../contract/index.ts';
import { EngineSupervisor } from '../engine/process/engine-supervisor.ts';
import { startEngine, type EngineClient } from '../engine/process/spawn.ts';
import { HumanOutput } from './human-output.ts';
import { jsonOutput, type Output } from './output.ts';

/** What a verb works with. */
export interface Session {
  /** Of the first engine: what that one does not survive has failed. */
  readonly client: EngineClient;
  /** For work that goes on in another engine. */
  readonly engines: EngineSupervisor;
  readonly output: Output;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface SessionOptions {
  readonly json: boolean;
  readonly debug: boolean;
}

export type Action = (session: Session) => Promise<void>;
/** Adds a verb to the program; its action is handed to `run`. */
export type AddVerb = (program: Command, run: (action: Action) => Promise<void>) => void;

/** Exit codes: what a shell script sees. */
export const exitCodes = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** Starts the engine, does the action, ends the engine; gives the exit code. The first Ctrl-C cancels, a second ends all. */
export async function runSession(action: Action, { json, debug }: SessionOptions): Promise<number> {
  const output = json ? jsonOutput : new HumanOutput();
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.cancelled);
    const message = 'Cancelling … (Ctrl-C again to end at once)';
    output.event({ kind: 'notice', code: 'CANCELLING', message });
    controller.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const engines = new EngineSupervisor(() => startEngine({ debug }));
  try {
    const { client } = await engines.running();
    await action({ client, engines, output, signal: controller.signal });
    return exitCodes.done;
  } catch (error) {
    const failure = controller.signal.aborted ? cancelled : asFailure(error);
    output.failure(failure);
    if (debug) console.error(error);
    if (failure.code === 'CANCELLED') return exitCodes.cancelled;
    return failure.code === 'USAGE' ? exitCodes.usage : exitCodes.failed;
  } finally {
    await engines.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

const cancelled = new ScenelabError(
  'CANCELLED',
  'Cancelled',
  '',
  'What was done so far is kept; the same command goes on from there',
);

function asFailure(error: unknown): ScenelabError {
  if (error instanceof ScenelabError) return error;
  const met = error instanceof Error ? error.message : String(error);
  return new ScenelabError('INTERNAL', met, '', 'Run it again with --debug to see where', error);
}
