import type { MessagePort } from 'node:worker_threads';
import { ScenelabError, type ErrorData } from '../../contract/index.ts';

/**
 * Work that runs in another thread, by name. Inputs and results are what structured clone can carry. What a task gives
 * back moves across: the buffers of its typed arrays are transferred, so it must not keep them. A signal can only
 * arrive while a task awaits something of the event loop.
 */
export type Tasks = Readonly<Record<string, Task>>;
export type Task = (
  input: never,
  signal: AbortSignal,
) => Promise<unknown> | AsyncGenerator<unknown, unknown, void>;

/** Starts a task; its answers come through `port`, any message back cancels it. */
export interface Request {
  readonly name: string;
  readonly input: unknown;
  readonly port: MessagePort;
}

export type Answer =
  | { readonly kind: 'event'; readonly value: unknown }
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'failure'; readonly failure: Failure };

export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly data: ErrorData | undefined;
}

/** The buffers of all typed arrays in a value; views of a part (Node's pooled Buffers) are left to be copied. */
export function buffersOf(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value;
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) found.add(buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return [...found];
}

/** An error as plain data. */
export function packFailure(error: unknown): Failure {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), stack: undefined, data: undefined };
  const data = error instanceof ScenelabError ? error.data : undefined;
  return { name: error.name, message: error.message, stack: error.stack, data };
}

/** The error again: a ScenelabError as one, others with their name, message and stack. */
export function unpackFailure({ name, message, stack, data }: Failure): Error {
  const error = data
    ? new ScenelabError(data.code, data.met, data.expected, data.fix)
    : Object.assign(new Error(message), { name });
  if (stack) error.stack = stack;
  return error;
}
