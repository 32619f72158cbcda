import { listBackbones } from '../engine/backbones/registry.ts';
import { caseArguments, Report, runnerColumns, runnerRows, table } from './turns/report.ts';
import { kerasRunner, openRunner, ownRunner, takeTurns } from './turns/take-turns.ts';

/**
 * Photos per second from pixels to embedding, by the graph that Scenelab runs, ONNX Runtime given the whole batch, Keras
 * through a `tf.function`, and TensorFlow.js's own `predict`. Aims at batch 32: 1.1 × ONNX Runtime, 1.2 × Keras, 1.3 × tfjs.
 *
 * `node bench/embed.ts [backbone …] [--rounds 5] [--python python3] [--write]`
 */
const { rounds, chosen, python, write } = caseArguments(5);
const report = new Report('Embedding', python);
const photos = 32;
const hasKeras = report.hasKeras('Keras');
const ids = listBackbones().map(({ id }) => id);
const rows: string[][] = [];
for (const id of ids) if (chosen.length === 0 || chosen.includes(id)) rows.push(...(await compare(id)));

/** A row of the table per runner and batch size. */
async function compare(id: string): Promise<string[][]> {
  using stack = new DisposableStack();
  const runners = [
    openRunner('Scenelab', ownRunner('embed.ts', 'scenelab', id)),
    openRunner('ONNX Runtime', ownRunner('embed.ts', 'onnx', id)),
    ...(hasKeras ? [openRunner('Keras', kerasRunner(python, 'embed.py', id))] : []),
    openRunner('tfjs predict', ownRunner('embed.ts', 'tfjs', id)),
  ];
  for (const runner of runners) stack.use(runner);
  const rows: string[][] = [];
  for (const batch of [1, 8, 32]) {
    const taken = await takeTurns(runners, rounds, `${batch}`);
    rows.push(...runnerRows(taken, photos).map((row) => [id, `${batch}`, ...row]));
  }
  return rows;
}

const columns = ['backbone', 'batch', ...runnerColumns];
report.finish(
  `\`node bench/embed.ts\`: pixels to embeddings, ${photos} photos a turn, medians (rounds: ${rounds}). Each runner is a process of its
own and takes turns with the others; peak memory is what it had held by then. Inception v3 has random weights where its own are not
on the machine, Keras always: speed does not depend on them.

${table(columns, rows)}`,
  { write },
);
