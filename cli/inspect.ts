import { z } from 'zod';
import {
  Dtype,
  ImageShape,
  Remedy,
  ScenelabError,
  type InspectInput,
  type Inspection,
} from '../contract/index.ts';
import { inspectionWords } from './inspection-words.ts';
import { list, numeric, parseOptions, type Flags } from './parse-options.ts';
import type { AddVerb, Session } from './session.ts';
import { table } from './words.ts';

const examples = `
Layers, one after the other:
  conv <filters> <window>[/<stride>] [same|valid] [nobias] [activation]     conv 100 3x3/2 same relu
  depthwise <window>[/<stride>] [same|valid] [nobias] [activation]          depthwise 3x3 same relu6
  pool max|average <window>[/<stride>] [same|valid], pool global            pool max 2x2
  dense <units> [nobias] [activation]                                       dense 10 softmax
  norm, lrn, dropout <rate>, flatten, relu, relu6, tanh, sigmoid, softmax

Examples:
  scenelab inspect                                                  the networks there are
  scenelab inspect inception-v3
  scenelab inspect --layers "conv 100 3x3/2 same, conv 200 3x3/2 same, conv 400 3x3/2 same" --input 200x300x3 --batch 50
  scenelab inspect model/ --batch 64 --remedy float16,recompute
`;

const Given = z.object({
  layers: z.string().optional(),
  input: z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return undefined;
      const shape = ImageShape.safeParse(text.split(/[x×]/).map(Number));
      if (shape.success) return shape.data;
      context.addIssue(`"${text}" is no input; expected height x width x channels, as in 200x300x3`);
      return z.NEVER;
    }),
  batch: numeric(z.number().int().min(1).max(100_000).default(32)),
  dtype: Dtype.default('float32'),
  remedy: z.array(Remedy).default([]),
});

/** `scenelab inspect`: what a network costs, layer by layer, before anything is trained. */
export const addInspectVerb: AddVerb = (program, run) => {
  program
    .command('inspect')
    .argument(
      '[network]',
      'its name, or the folder of a model; without it, and without --layers, all are listed',
    )
    .description('Show the parameters, multiply-adds and memory of a network, from arithmetic alone.')
    .option('--layers <text>', 'layers as text, as in "conv 32 3x3 same relu, pool max 2x2, dense 10"')
    .option('--input <shape>', "height x width x channels (default: the network's own, or 224x224x3)")
    .option('--batch <n>', 'images of a training step (default: 32)')
    .option('--dtype <type>', 'float32, or float16 for mixed precision (default: float32)')
    .option('--remedy <list>', `what to do if memory runs out: ${Remedy.options.join(', ')}`, list)
    .addHelpText('after', examples)
    .action((network: string | undefined, given: Flags) => {
      const { layers, input, batch, dtype, remedy } = parseOptions(Given, given);
      const question = { ...(input && { input }), batch, dtype, remedies: remedy };
      const asked = question satisfies Omit<InspectInput, 'network' | 'layers'>;
      if (network === undefined && layers === undefined) return run(listNetworks);
      return run(async ({ client, output }) => {
        const result: Inspection = await client.inspectNetwork({ ...what(network, layers), ...asked });
        output.result(result, inspectionWords(result));
      });
    });
};

async function listNetworks({ client, output }: Session): Promise<void> {
  const networks = await client.listNetworks();
  const rows = networks.map(({ id, name, input }) => [`${id.padEnd(20)}${name}`, input.join(' × ')]);
  const words = `${table([['network', 'input'], ...rows])}\n\nOr the folder of a model, or --layers "…".`;
  output.result({ networks }, words);
}

function what(
  network: string | undefined,
  layers: string | undefined,
): { network: string } | { layers: string } {
  if (layers !== undefined && network === undefined) return { layers };
  if (network !== undefined && layers === undefined) return { network };
  throw new ScenelabError('USAGE', 'A network and --layers', 'one of them', 'See --help');
}
