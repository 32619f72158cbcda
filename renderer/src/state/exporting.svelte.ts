import type { ExportFormat, ExportResult, Notice } from '../../../contract/index.ts';
import type { Shell } from '../shell/shell.ts';
import type { Engine } from './engine.svelte.ts';
import { toFailure, type Failure } from './failure.ts';
import { folderFor, inFolder, suggest } from './folder-for.ts';
import { Work } from './work.svelte.ts';

/** Taking a project's newest model out of the app. Goes on while other screens show. */
export class Exporting {
  formats = $state.raw<readonly ExportFormat[]>(['tfjs']);
  /** Where a folder per format is made. */
  folder = $state.raw('');
  running = $state.raw<Work | null>(null);
  exports = $state.raw<ExportResult['exports']>([]);
  notices = $state.raw<readonly Notice[]>([]);
  failure = $state.raw<Failure | null>(null);
  readonly #engine: Engine;
  readonly #project: string;

  constructor(engine: Engine, project: string) {
    this.#engine = engine;
    this.#project = project;
  }

  /** Offers a folder where people look for their things; one in the project where the shell can't tell. */
  async suggestFolder(shell: Shell, name: string): Promise<void> {
    await suggest(this, async () => (await folderFor(shell, name)) || inFolder(this.#project, name));
  }

  /** Takes a folder that was chosen; the model gets one of its own in it. */
  chooseFolder(folder: string, name: string): void {
    this.folder = inFolder(folder, name);
  }

  toggle(format: ExportFormat): void {
    this.formats = this.formats.includes(format)
      ? this.formats.filter((each) => each !== format)
      : [...this.formats, format];
  }

  async start(): Promise<void> {
    const { folder, formats } = this;
    const work = new Work();
    this.running = work;
    this.failure = null;
    this.exports = [];
    // A format that comes alone would be put into the folder itself.
    const out = formats.length === 1 ? `${folder}/${formats[0]}` : folder;
    const input = { model: this.#project, formats: [...formats], out };
    try {
      const result = await work.follow((signal) => this.#engine.client.exportModel(input, { signal }));
      this.exports = result.exports;
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.notices = work.notices;
      this.running = null;
    }
  }
}
