import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** A network as it was named: a folder that is there by its full path, because the engine runs elsewhere; else an id. */
export function asNetwork(network: string): string {
  return existsSync(network) ? resolve(network) : network;
}
