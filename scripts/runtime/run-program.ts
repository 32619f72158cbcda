import { spawn } from 'node:child_process';

export interface RunOptions {
  cwd?: string;
  /** Milliseconds. */
  timeout?: number;
  /** Let the program write where we write, so that its progress is seen. */
  show?: boolean;
  env?: Record<string, string>;
}

/** Runs a program without a shell and brings what it wrote to stdout. Throws its last words when it fails. */
export async function runProgram(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  const out = options.show ? 'inherit' : 'pipe';
  const child = spawn(command, args, {
    cwd: options.cwd,
    timeout: options.timeout,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', out, out],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 1));
  });
  if (code !== 0) {
    const words = stderr.trim().split('\n').at(-1) || `ended with ${code}`;
    throw new Error(`${command} ${args[0] ?? ''}: ${words}`);
  }
  return stdout;
}

/** Whether a program is there and answers. */
export async function answers(command: string, args: string[]): Promise<boolean> {
  try {
    await runProgram(command, args, { timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
