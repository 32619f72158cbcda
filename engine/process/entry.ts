import { RPCHandler } from '@orpc/server/message-port';
import { EngineLine } from './connection.ts';
import { findParent } from './parent.ts';
import { createRouter } from '../router.ts';

/** Entry of the engine process: serves the router on every line that its parent opens. */
const { router, cancelJobs, close } = createRouter();
const handler = new RPCHandler(router);
const parent = findParent();
const lines = new Map<number, EngineLine>();
const patience = 4000;

parent.onMessage(([number, message]) => {
  if (number === 0) leave();
  else if (message === null) lines.get(number)?.end();
  else lineOf(number).receive(message);
});

function lineOf(number: number): EngineLine {
  const known = lines.get(number);
  if (known) return known;
  const line = new EngineLine(
    (message) => parent.send([number, message]),
    () => lines.delete(number),
  );
  lines.set(number, line);
  handler.upgrade(line, { context: {} });
  return line;
}

/** Breaks off all work and ends once that has put away what it holds; work that does not listen is cut short. */
function leave(): void {
  for (const line of lines.values()) line.end();
  const broken = cancelJobs();
  if (parent.leave() === 'must be ended') void broken.then(() => process.exit());
  setTimeout(() => process.exit(), patience).unref();
}
process.once('exit', close);
// Without a parent nobody can use it any more.
parent.onGone(leave);
process.once('SIGTERM', leave);
// Ctrl-C in a terminal reaches the whole group; the parent decides when this process ends.
process.on('SIGINT', () => undefined);
