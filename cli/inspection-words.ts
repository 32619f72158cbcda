import type { Inspection, Remedy, RemedyEffect } from '../contract/index.ts';
import { count, percent, size, table } from './words.ts';

/** An inspection as a table of layers, the sums in words, and what can be done about them. */
export function inspectionWords(inspection: Inspection): string {
  const { name, input, layers, parameters, trainableParameters, multiplyAdds, inputBytes } = inspection;
  const width = Math.max(...layers.map(({ name }) => name.length));
  const rows = layers.map((layer) => [
    `${layer.name.padEnd(width)}  ${layer.text}`,
    layer.outputShape.join('×'),
    layer.parameters ? figure(layer.parameters) : '',
    layer.multiplyAdds ? figure(layer.multiplyAdds) : '',
    size(layer.outputBytes),
  ]);
  const head = ['layer', 'output', 'parameters', 'multiply-adds', 'memory'];
  const first = ['image', input.join('×'), '', '', size(inputBytes)];
  const last = ['in all', '', figure(parameters), figure(multiplyAdds), ''];
  const learned =
    trainableParameters === parameters ? '' : `, of which ${figure(trainableParameters)} are learned`;
  return [
    ...(name === '' ? [] : [name]),
    table([head, first, ...rows, last]),
    '',
    `${figure(parameters)} parameters${learned}.`,
    ...memoryWords(inspection),
    '',
    'If memory runs out:',
    ...remedyLines(inspection.remedies),
  ].join('\n');
}

const figure = (n: number) => n.toLocaleString('en');

function memoryWords({ memory, batch, batchOnDevice, dtype }: Inspection): string[] {
  const { training: t } = memory;
  const rows = [
    [
      'One prediction',
      size(memory.predictionBytes),
      'the parameters and the largest maps alive at the same time',
    ],
    [
      `Training on ${count(batch, 'image')}`,
      size(memory.trainingBytes),
      trainingWords(batch, batchOnDevice, dtype),
    ],
    ['  what every layer gives', size(t.activationsBytes), ''],
    ['  the images', size(t.inputsBytes), ''],
    ['  parameters', size(t.parametersBytes), ''],
    ['  their gradients', size(t.gradientsBytes), ''],
    ['  optimizer (Adam)', size(t.optimizerBytes), ''],
    [
      'At the widest',
      size(memory.peakBytes),
      'with the gradients of what the layers give, in the backward pass',
    ],
  ];
  const [wide, narrow] = [0, 1].map((c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows.map(([name = '', bytes = '', words = '']) =>
    `${name.padEnd(wide ?? 0)}  ${bytes.padStart(narrow ?? 0)}  ${words}`.trimEnd(),
  );
}

function trainingWords(batch: number, onDevice: number, dtype: string): string {
  return [dtype, ...(onDevice === batch ? [] : [`${count(onDevice, 'image')} at once on a device`])].join(
    ', ',
  );
}

const remedyWords: Readonly<Record<Remedy, string>> = {
  'smaller-batch': 'half the batch; twice the steps, noisier gradients',
  'larger-stride': 'double the first stride; small things are no longer seen',
  'fewer-layers': 'without the last convolution; less is told apart',
  float16: 'mixed precision; the loss must be scaled',
  recompute: 'compute activations again in the backward pass',
  'second-device': 'share the batch between two devices; gradients are exchanged each step',
};

function remedyLines(effects: readonly RemedyEffect[]): string[] {
  const figures = table(effects.map(remedyRow)).split('\n');
  const wide = Math.max(...figures.map((line) => line.length));
  return effects.map(({ remedy, obstacle }, i) => {
    const words = obstacle === null ? remedyWords[remedy] : `not here: ${obstacle}`;
    return `${(figures[i] ?? '').padEnd(wide)}  ${words}`;
  });
}

function remedyRow({ remedy, on, savesBytes, work, obstacle }: RemedyEffect): string[] {
  const name = `${on ? '*' : ' '} ${remedy}`;
  if (obstacle !== null) return [name, '', ''];
  const saves = savesBytes < 0 ? `takes ${size(-savesBytes)} more` : `saves ${size(savesBytes)}`;
  const extra =
    Math.abs(work - 1) < 0.0005 ? '' : `${work > 1 ? '+' : '−'}${percent(Math.abs(work - 1))} work`;
  return [name, saves, extra];
}
