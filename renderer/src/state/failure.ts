import { ORPCError } from '@orpc/client';
import { ErrorData, ScenelabError } from '../../../contract/index.ts';
import { words } from '../words/index.ts';

/** A failure as it is shown: a code, what happened, what to do. */
export type Failure = ErrorData;

/** Makes a failure of anything thrown; null for a person's own cancelling, which is none. */
export function toFailure(error: unknown): Failure | null {
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  const data = error instanceof ORPCError ? ErrorData.safeParse(error.data).data : undefined;
  const failure = data ?? (error instanceof ScenelabError ? error.data : undefined);
  if (failure?.code === 'CANCELLED') return null;
  if (failure) return failure;
  const met = error instanceof Error ? error.message : String(error);
  return { code: 'INTERNAL', met, expected: '', fix: words.failure.internalFix };
}
