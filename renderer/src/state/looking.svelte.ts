import type { BackboneInfo, LabNetwork } from '../../../contract/index.ts';
import type { Dropped } from '../shell/shell.ts';
import type { Engine } from './engine.svelte.ts';
import { PhotoStrip, type StripPhoto } from './photo-strip.svelte.ts';
import type { Project } from './project.svelte.ts';
import { Seer } from './seer.svelte.ts';

const atFirst = ['efficientnet-lite0', 'efficientnet-lite2'];
const mostSeers = 3;

/** A photo, up to three networks side by side that name it, and the layers of one of them. Kept while other screens show. */
export class Looking {
  readonly strip: PhotoStrip;
  backbones = $state.raw<readonly BackboneInfo[]>([]);
  /** Networks of the Lab that learned from photos. */
  trained = $state.raw<readonly LabNetwork[]>([]);
  photo = $state.raw<StripPhoto | null>(null);
  seers = $state.raw<readonly Seer[]>([]);
  /** The one whose layers are shown. */
  open = $state.raw<Seer | null>(null);
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.strip = new PhotoStrip(engine);
    this.seers = atFirst.map((network) => new Seer(engine, network));
    this.open = this.seers[0] ?? null;
  }

  /** Shows the project's photos, or without any the samples, unless there is something to see already. */
  async load(project: Project | null): Promise<void> {
    const [backbones, kept] = await this.#engine.persist((client) =>
      Promise.all([client.listBackbones(), client.listLabNetworks()]),
    );
    this.backbones = backbones;
    this.trained = kept.filter(({ data }) => data.kind === 'photos');
    const isOther = this.strip.source === 'project' && this.photo?.key !== project?.summary.key;
    if (this.photo && !isOther) return;
    if (project && project.summary.photos > 0) await this.showProject(project);
    else await this.showSamples();
  }

  showProject = (project: Project) => this.#fill(() => this.strip.showProject(project));
  showSamples = () => this.#fill(() => this.strip.showSamples());
  showFolders = (paths: string[]) => this.#fill(() => this.strip.showFolders(paths));
  takeDropped = (dropped: Dropped) => this.#fill(() => this.strip.showDropped(dropped));

  /** After a restart of the engine: pictures that could not be had are asked for once more. */
  async again(): Promise<void> {
    await this.strip.again();
    this.photo = this.strip.photos.find(({ photo }) => photo === this.photo?.photo) ?? this.photo;
  }

  choosePhoto(photo: StripPhoto): void {
    this.photo = photo;
    for (const seer of this.seers) this.#look(seer);
  }

  get canAdd(): boolean {
    return this.seers.length < mostSeers;
  }

  /** Puts a network beside the others, or with `instead` in the place of one of them. */
  add(network: string, instead: Seer | null = null): void {
    const seer = new Seer(this.#engine, network);
    this.seers = instead
      ? this.seers.map((each) => (each === instead ? seer : each))
      : [...this.seers, seer].slice(0, mostSeers);
    if (this.open === instead) this.open = seer;
    this.#look(seer);
  }

  remove(seer: Seer): void {
    this.seers = this.seers.filter((each) => each !== seer);
    if (this.open === seer && this.seers[0]) this.show(this.seers[0]);
  }

  /** Shows the layers of a network. */
  show(seer: Seer, layer = seer.layer): void {
    this.open = seer;
    seer.layer = layer;
    this.#look(seer);
  }

  async #fill(fill: () => Promise<void>): Promise<void> {
    await fill();
    const [first] = this.strip.photos;
    if (first) this.choosePhoto(first);
  }

  #look(seer: Seer): void {
    if (this.photo) void seer.look(this.photo.look, seer === this.open);
  }
}
