/**
 * Reads one Python pickle (protocol 2, the opcodes that PyTorch's files use) without running anything: a global becomes
 * its name, a call `{ call, arguments }`, a persistent id `{ persistentId }`, a dict a Map, a tuple or list an array.
 * Returns the value and the offset behind it. The format: Python's `pickletools`.
 * @throws Error on an opcode that is not known here.
 */
export function readPickle(file: Uint8Array, offset = 0): { value: unknown; end: number } {
  const pickle = new Pickle(file, offset);
  while (!pickle.step());
  return { value: pickle.pop(), end: pickle.offset };
}

class Pickle {
  offset: number;
  private readonly view: DataView;
  private readonly stack: unknown[] = [];
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, unknown>();

  constructor(file: Uint8Array, offset: number) {
    this.view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    this.offset = offset;
  }

  pop(): unknown {
    return this.stack.pop();
  }

  /** Carries out one opcode; true after the last. */
  step(): boolean {
    const code = String.fromCharCode(this.byte());
    if (code === '.') return true;
    const run = this.structure(code) ?? this.memory(code);
    if (run) run();
    else this.stack.push(this.literal(code));
    return false;
  }

  private literal(code: string): unknown {
    switch (code) {
      case 'N':
        return null;
      case '\x88':
        return true;
      case '\x89':
        return false;
      case 'K':
        return this.byte();
      case 'M':
        return this.byte() + this.byte() * 256;
      case 'J':
        return this.int32();
      case '\x8a':
        return this.long();
      case 'X':
        return this.text(this.int32());
      case 'c':
        return `${this.line()}.${this.line()}`;
      case ')':
      case ']':
        return [];
      case '}':
        return new Map();
      default:
        throw new Error(`Pickle opcode ${JSON.stringify(code)} at ${this.offset - 1} is not known.`);
    }
  }

  private structure(code: string): (() => unknown) | undefined {
    const { stack } = this;
    const operations: Record<string, () => unknown> = {
      '\x80': () => this.byte(),
      '(': () => this.marks.push(stack.length),
      t: () => stack.push(this.sinceMark()),
      '\x85': () => stack.push(stack.splice(-1)),
      '\x86': () => stack.push(stack.splice(-2)),
      '\x87': () => stack.push(stack.splice(-3)),
      R: () => this.call(),
      Q: () => stack.push({ persistentId: stack.pop() }),
      s: () => this.setItems(stack.splice(-2)),
      u: () => this.setItems(this.sinceMark()),
      a: () => this.append(stack.splice(-1)),
      e: () => this.append(this.sinceMark()),
      // BUILD sets attributes of an object; no value that is read here needs them.
      b: () => stack.pop(),
    };
    return operations[code];
  }

  private memory(code: string): (() => unknown) | undefined {
    const operations: Record<string, () => unknown> = {
      q: () => this.memo.set(this.byte(), this.stack.at(-1)),
      r: () => this.memo.set(this.int32(), this.stack.at(-1)),
      h: () => this.stack.push(this.memo.get(this.byte())),
      j: () => this.stack.push(this.memo.get(this.int32())),
    };
    return operations[code];
  }

  private call(): void {
    const given = this.stack.pop();
    const call = this.stack.pop();
    this.stack.push(call === 'collections.OrderedDict' ? new Map() : { call, arguments: given });
  }

  private setItems(pairs: unknown[]): void {
    const dict = this.stack.at(-1);
    if (!(dict instanceof Map)) throw new Error('Pickle sets an item of something that is no dict.');
    for (let i = 0; i < pairs.length; i += 2) dict.set(pairs[i], pairs[i + 1]);
  }

  private append(values: unknown[]): void {
    const list = this.stack.at(-1);
    if (!Array.isArray(list)) throw new Error('Pickle appends to something that is no list.');
    list.push(...values);
  }

  private sinceMark(): unknown[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw new Error('Pickle closes what it did not open.');
    return this.stack.splice(mark);
  }

  private byte(): number {
    return this.view.getUint8(this.offset++);
  }

  private int32(): number {
    const value = this.view.getInt32(this.offset, true);
    this.offset += 4;
    return value;
  }

  private long(): bigint {
    let value = 0n;
    for (let i = 0, length = this.byte(); i < length; i++) value |= BigInt(this.byte()) << BigInt(8 * i);
    return value;
  }

  private text(length: number): string {
    const { buffer, byteOffset } = this.view;
    const bytes = new Uint8Array(buffer, byteOffset + this.offset, length);
    this.offset += length;
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  }

  private line(): string {
    let end = this.offset;
    while (this.view.getUint8(end) !== 10) end++;
    const text = this.text(end - this.offset);
    this.offset++;
    return text;
  }
}
