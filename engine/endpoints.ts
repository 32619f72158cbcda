import { implement, ORPCError } from '@orpc/server';
import { contract, isDiskFull, ScenelabError } from '../contract/index.ts';

/** The contract's endpoints, to be given their handlers. What these throw crosses to the client as `wireError` has it. */
export const os = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (error) {
    throw wireError(error);
  }
});

/** A failure in the form that crosses to a client: a ScenelabError keeps its code and data, a bug becomes INTERNAL. */
function wireError(error: unknown): unknown {
  if (error instanceof ORPCError || (error instanceof Error && error.name === 'AbortError')) return error;
  const known = error instanceof ScenelabError ? error : unexpected(error);
  return new ORPCError(known.code, { message: known.message, data: known.data, cause: error });
}

function unexpected(error: unknown): ScenelabError {
  const met = error instanceof Error ? error.message : String(error);
  if (isDiskFull(error))
    return new ScenelabError(
      'DISK_FULL',
      'The disk is full',
      '',
      'What is stored is safe. Free some space, then do the same again',
      error,
    );
  // For whoever looks for the mistake: the parent shows it when it runs with --debug.
  console.error(error);
  return new ScenelabError(
    'INTERNAL',
    met,
    '',
    'This is a mistake in Scenelab. Try again; if it happens again, please report it',
    error,
  );
}

/** The same stream, with its failures in the form that crosses to a client. */
export async function* wireStream<E, R>(events: AsyncGenerator<E, R, void>): AsyncGenerator<E, R, void> {
  try {
    return yield* events;
  } catch (error) {
    throw wireError(error);
  }
}

/** The signal of a caller that can't cancel. */
export function never(): AbortSignal {
  return new AbortController().signal;
}
