import { RPCHandler } from '@orpc/server/message-port';
import { EngineLine } from './connection.ts';
import type { Envelope } from './fork-engine.ts';
import { createRouter } from './router.ts';

/** Entry of the engine process: serves the router on every line that its parent opens. */
const { router, cancelJobs, close } = createRouter();
const handler = new RPCHandler(router);
const lines = new Map<number, EngineLine>();
const patience = 4000;

// What the parent sends is an Envelope; nobody else holds the other end.
process.on('message', ([number, message]: Envelope) => {
  if (message === null) lines.get(number)?.end();
  else lineOf(number).receive(message);
});

function lineOf(number: number): EngineLine {
  const known = lines.get(number);
  if (known) return known;
  const line = new EngineLine(
    (message) => process.connected && process.send?.([number, message] satisfies Envelope),
    () => lines.delete(number),
  );
  lines.set(number, line);
  handler.upgrade(line, { context: {} });
  return line;
}

/**
 * Breaks off all work. The process then ends by itself as soon as that has put away what it holds; work that does not
 * listen is cut short.
 */
function leave(): void {
  for (const line of lines.values()) line.end();
  cancelJobs();
  if (process.connected) process.disconnect();
  setTimeout(() => process.exit(), patience).unref();
}
process.once('exit', close);
// Without a parent nobody can use it any more.
process.once('disconnect', leave);
if (!process.connected) leave();
process.once('SIGTERM', leave);
// Ctrl-C in a terminal reaches the whole group; the parent decides when this process ends.
process.on('SIGINT', () => undefined);
