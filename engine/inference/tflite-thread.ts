import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import { loadAndCompile, loadLiteRt, Tensor, type CompiledModel } from '@litertjs/core';
import { serveTasks } from '../tensorflow/serve-tasks.ts';
import type { Thread } from '../tensorflow/thread.ts';

/**
 * Entry of a thread that runs a TFLite model: LiteRT.js is made for pages, and finds here, and nowhere else, what it expects of a
 * web worker. What it tells of itself is left out.
 */
const quiet = () => undefined;
Object.assign(globalThis, { self: globalThis, importScripts: runScript });
Object.assign(console, { log: quiet, warn: quiet, error: quiet });

/** Runs the script that brings the WebAssembly, which knows Node, as a CommonJS module. */
function runScript(address: string): void {
  const file = fileURLToPath(address);
  const module = { exports: {} };
  const inside = {
    require: createRequire(address),
    module,
    exports: module.exports,
    __dirname: dirname(file),
    __filename: file,
  };
  const script = compileFunction(readFileSync(file, 'utf8'), Object.keys(inside), { filename: file });
  script(...Object.values(inside));
  Object.assign(globalThis, { ModuleFactory: module.exports, Module: { print: quiet, printErr: quiet } });
}

let model: CompiledModel | undefined;

const tasks = {
  async open(bytes: Uint8Array): Promise<void> {
    await loadLiteRt(new URL('../wasm/', import.meta.resolve('@litertjs/core')).href);
    model = await loadAndCompile(bytes, { accelerator: 'wasm' });
  },
  /** One image, of the shape that the model was written for. */
  async run({ values, shape }: { values: Float32Array; shape: readonly number[] }): Promise<Float32Array[]> {
    const input = new Tensor(values, [1, ...shape]);
    const outputs = (await model?.run([input])) ?? [];
    const answers = await Promise.all(outputs.map((output) => output.data()));
    for (const tensor of [input, ...outputs]) tensor.delete();
    return answers.map((answer) => Float32Array.from(answer));
  },
};

export type TfliteThread = Thread<typeof tasks>;

serveTasks(tasks);
