import { codeOf } from '../contract/index.ts';

/** Whether a process of this number runs and is not this one. */
export function isAnotherRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
