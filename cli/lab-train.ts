import { Option } from 'commander';
import { z } from 'zod';
import { LabSettings, type LabData, type LabTrainInput } from '../contract/index.ts';
import { labTrainWords } from './lab-train-words.ts';
import { follow } from './output.ts';
import { numeric, parseOptions, type Flags } from './parse-options.ts';
import { projectOf } from './project-of.ts';
import type { AddVerb, Session } from './session.ts';

const examples = `
Networks: \`scenelab inspect\` lists them, e.g. dense-network, lenet-5, course-network, deep-digits, resnet-18, mobilenet-v2.
What is not given follows the network's recipe.

Examples:
  scenelab lab train lenet-5 --data mnist                          MNIST's 60,000 handwritten digits
  scenelab lab train deep-digits --data mnist --epochs 5 --seed 7
  scenelab lab train resnet-18 --data ~/Pictures/scenes            a folder with a sub-folder per label
`;

const shape = LabSettings.shape;
const onOff = z.enum(['on', 'off']).transform((word) => word === 'on');

const Given = z.object({
  data: z.string(),
  epochs: numeric(shape.epochs).optional(),
  batch: numeric(shape.batchSize).optional(),
  optimizer: z.enum(['adam', 'adamw', 'sgd']).optional(),
  learningRate: numeric(shape.learningRate).optional(),
  schedule: shape.schedule.optional(),
  weightDecay: numeric(shape.weightDecay).optional(),
  labelSmoothing: numeric(shape.labelSmoothing).optional(),
  averageOver: numeric(z.number().int().min(0)).optional(),
  augment: onOff.optional(),
  validation: numeric(shape.validation).optional(),
  limit: numeric(z.number().int().min(0)).optional(),
  inputSize: numeric(shape.inputSize).optional(),
  width: numeric(shape.width).optional(),
  framing: shape.framing.optional(),
  seed: numeric(shape.seed).optional(),
});

const options = [
  new Option('--data <mnist|folder|project>', 'digits, or photos with a sub-folder per label').default(
    'mnist',
  ),
  new Option('--epochs <n>', 'passes over the images'),
  new Option('--batch <n>', 'images of a step'),
  new Option('--optimizer <name>', 'adamw is adam with weight decay').choices(['adam', 'adamw', 'sgd']),
  new Option('--learning-rate <x>', 'the highest'),
  new Option('--schedule <name>', 'whether it falls as a cosine or stays').choices(shape.schedule.options),
  new Option('--weight-decay <x>', 'decoupled weight decay'),
  new Option('--label-smoothing <x>', 'share of the target spread over all classes'),
  new Option('--average-over <steps>', 'weights are the mean of so many steps; 0 takes the last'),
  new Option('--augment <on|off>', 'whether images are shifted, turned and zoomed a little').choices([
    'on',
    'off',
  ]),
  new Option('--validation <share>', 'of the digits, kept back to watch by'),
  new Option('--limit <n>', 'images to learn from, at most; 0 takes all'),
  new Option('--input-size <n>', 'height and width that the network sees'),
  new Option('--width <share>', 'of its published channels'),
  new Option('--framing <how>', 'how a photo becomes a square').choices(shape.framing.options),
  new Option('--seed <n>', 'the same seed gives the same network on the same machine'),
];

/** AdamW's decay where none is given and the recipe has none. */
const usualDecay = 0.01;

/** `scenelab lab train`: a network from scratch. */
export const addLabTrainVerb: AddVerb = (lab, run) => {
  const verb = lab
    .command('train')
    .argument('<network>', 'its name, as `scenelab inspect` lists it')
    .description('Train a network from scratch and judge it on images it never saw.');
  for (const option of options) verb.addOption(option);
  verb.addHelpText('after', examples).action((network: string, given: Flags) => {
    const { data, ...rest } = parseOptions(Given, given);
    return run(async (session) => {
      const { client, output, signal } = session;
      const input: LabTrainInput = { network, data: await readData(data, session), settings: chosen(rest) };
      const result = await follow(await client.trainLabNetwork(input, { signal }), output);
      output.result(result, labTrainWords(result));
    });
  });
};

function chosen({
  batch,
  optimizer,
  limit,
  averageOver,
  ...rest
}: Omit<z.infer<typeof Given>, 'data'>): LabTrainInput['settings'] {
  const decay = { adam: 0, adamw: usualDecay, sgd: undefined };
  return {
    ...rest,
    ...(batch !== undefined && { batchSize: batch }),
    ...(limit !== undefined && { limit: limit === 0 ? null : limit }),
    ...(averageOver !== undefined && { averageOver: averageOver === 0 ? null : averageOver }),
    ...(optimizer !== undefined && {
      optimizer: optimizer === 'sgd' ? 'sgd' : 'adam',
      weightDecay: rest.weightDecay ?? decay[optimizer],
    }),
  };
}

/** A plain folder gets a project of its own, which keeps its splits. */
async function readData(data: string, session: Session): Promise<LabData> {
  return data === 'mnist' ? { kind: 'mnist' } : { kind: 'photos', project: await projectOf(data, session) };
}
