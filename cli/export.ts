import { resolve } from 'node:path';
import { z } from 'zod';
import { ExportFormat, type ExportResult, type Parity } from '../contract/index.ts';
import { follow } from './output.ts';
import { list, parseOptions } from './parse-options.ts';
import type { AddVerb } from './session.ts';
import { count, percent } from './words.ts';

const examples = `
Examples:
  scenelab export scenes.scenelab --out model
  scenelab export scenes.scenelab --format tfjs,onnx,savedmodel --out models    a folder per format
`;

/** `scenelab export`: a model in formats that other programs read, each compared with the app. */
export const addExportVerb: AddVerb = (program, run) => {
  program
    .command('export')
    .argument('<project|model>', 'a project (its newest model), or the folder of a model')
    .description('Write a model for other programs, and compare what was written with the app.')
    .requiredOption('--out <dir>', 'where to (required)')
    .option('--format <list>', formatWords, list)
    .addHelpText('after', examples)
    .action((model: string, options: { format?: string[]; out: string }) => {
      const formats = readFormats(options.format);
      return run(async ({ client, output, signal }) => {
        const out = resolve(options.out);
        const exported = await follow(await client.exportModel({ model, formats, out }, { signal }), output);
        output.result(exported, exportWords(exported));
      });
    });
};

/** What --format takes. */
export const formatWords = `one or more of ${ExportFormat.options.join(', ')} (default: tfjs)`;

/** The formats of a --format. Throws USAGE. */
export function readFormats(format: string[] = ['tfjs']): ExportFormat[] {
  return parseOptions(z.object({ format: z.array(ExportFormat).min(1) }), { format }).format;
}

/** What was exported, for people. */
export function exportWords({ exports }: ExportResult): string {
  return exports
    .map(({ format, folder, parity }) => `Exported as ${format} to ${folder}: ${parityWords(parity)}.`)
    .join('\n');
}

function parityWords({ n, top1Agreement, maxAbsDifference }: Parity): string {
  if (n === 0) return 'not compared with the app, since what runs it is not on this machine';
  const difference = maxAbsDifference.toExponential(0);
  return `${percent(top1Agreement)} of ${count(n, 'photo')} answered as in the app, probabilities differ by ${difference} at most`;
}
