/** The real command line in a process of its own, for tests. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const scenelab = fileURLToPath(new URL('./scenelab.js', import.meta.url));
const sample = fileURLToPath(new URL('../assets/sample', import.meta.url));

const Line = z.looseObject({ kind: z.string() });
export type Line = z.infer<typeof Line>;

/** A finished command. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Stdout as JSON, a line each. */
  lines: Line[];
  /** The last line. */
  last: Line;
}

/** A temporary folder with the user's data and cache in it. */
export class Place implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'scenelab-cli-'));

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Copies `n` photos of each of these labels of the sample project into a new folder. */
  photos(name: string, labels: readonly string[], n: number): string {
    for (const label of labels) {
      const from = join(sample, label);
      mkdirSync(this.path(name, label), { recursive: true });
      for (const photo of readdirSync(from).slice(0, n))
        cpSync(join(from, photo), this.path(name, label, photo));
    }
    return this.path(name);
  }

  /** Runs `scenelab` with these arguments; `watch` sees every line of stdout and may send a signal. */
  async run(
    args: string[],
    watch: (line: string, kill: (signal: NodeJS.Signals) => void) => void = () => {},
  ) {
    const child = spawn(process.execPath, [scenelab, ...args], {
      cwd: this.folder,
      env: { ...process.env, SCENELAB_DATA: this.path('data'), SCENELAB_CACHE: this.path('cache') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      for (const line of text.split('\n')) watch(line, (signal) => child.kill(signal));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, stdout, stderr };
  }

  /** The same with `--json`. */
  async json(args: string[], watch?: Parameters<Place['run']>[1]): Promise<Ran> {
    const ran = await this.run([...args, '--json'], watch);
    const lines = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)));
    return { ...ran, lines, last: Line.parse(lines.at(-1)) };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
