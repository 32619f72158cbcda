import { ScenelabError } from '../../contract/index.ts';
import type { Pair } from './layer.ts';

/** The words of one layer in a list of layers, taken from left to right; what is not expected is said with its place. */
export class LayerWords {
  readonly #words: readonly RegExpExecArray[];
  #next = 0;
  readonly #part: string;
  readonly #number: number;
  readonly #start: number;

  /** The layer's text, its number in the list from 1 on, and where it begins in the whole text. */
  constructor(part: string, number: number, start: number) {
    this.#words = [...part.matchAll(/\S+/g)];
    this.#part = part;
    this.#number = number;
    this.#start = start;
  }

  /** The next word as `read` understands it. Throws USAGE where there is none or `read` gives undefined. */
  take<T>(expected: string, read: (word: string) => T | undefined): T {
    const word = this.#words[this.#next];
    const value = word && read(word[0].toLowerCase());
    if (value === undefined) throw this.#wrong(word, expected);
    this.#next++;
    return value;
  }

  /** The next word if it is one of these, else undefined and nothing is taken. */
  optional<T extends string>(choices: readonly T[]): T | undefined {
    const word = this.#words[this.#next]?.[0].toLowerCase();
    const choice = choices.find((each) => each === word);
    if (choice !== undefined) this.#next++;
    return choice;
  }

  /** A whole number from 1 on. */
  count(expected: string): number {
    return this.take(expected, (word) => (/^[1-9]\d{0,6}$/.test(word) ? Number(word) : undefined));
  }

  /** A window, "3x3" or "3", and maybe its stride, "3x3/2" or "3x3/2x1". */
  window(): { size: Pair; stride: Pair | null } {
    return this.take('a window such as 3x3, or 3x3/2 with its stride', (word) => {
      const [, size = '', stride] = /^([^/]+)(?:\/(.+))?$/.exec(word) ?? [];
      const [sides, steps] = [pair(size), stride === undefined ? null : pair(stride)];
      return sides && steps !== undefined ? { size: sides, stride: steps } : undefined;
    });
  }

  /** Throws USAGE where words are left. */
  end(): void {
    const word = this.#words[this.#next];
    if (word) throw this.#wrong(word, 'a comma before the next layer, or the end');
  }

  #wrong(word: RegExpExecArray | undefined, expected: string): ScenelabError {
    const layer = this.#part.trim();
    const place = `Layer ${this.#number}${layer === '' ? '' : ` (${layer})`}`;
    const end = this.#start + this.#part.trimEnd().length;
    const met = word
      ? `has "${word[0]}" at character ${this.#start + word.index + 1}`
      : `ends at character ${end + 1}`;
    return new ScenelabError(
      'USAGE',
      `${place} ${met}`,
      expected,
      'Write layers as in "conv 32 3x3 same relu, pool max 2x2, dense 10"',
    );
  }
}

/** "3x3", "3×1" or "3" as height and width. */
function pair(text: string): Pair | undefined {
  const [, height, width = height] = /^([1-9]\d{0,3})(?:[x×]([1-9]\d{0,3}))?$/.exec(text) ?? [];
  return height === undefined ? undefined : [Number(height), Number(width)];
}
