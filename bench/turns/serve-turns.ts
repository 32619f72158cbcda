import { createInterface } from 'node:readline';
import { spent } from './spent.ts';

/**
 * What a runner does in its process: says `ready`, then for each line that it gets takes a turn and answers `seconds
 * processor-seconds`; ends with its input. `keras/turns.py` is the same in Python.
 */
export async function serveTurns(turn: (line: string) => Promise<unknown>): Promise<void> {
  console.log('ready');
  for await (const line of createInterface(process.stdin)) {
    const { seconds, processor } = await spent(() => turn(line));
    console.log(`${seconds} ${processor}`);
  }
}
