import { caseArguments, Report, runnerColumns, runnerRows, table } from './turns/report.ts';
import { kerasRunner, openRunner, ownRunner, takeTurns, type Runner } from './turns/take-turns.ts';

/**
 * Photos per second of fine-tuning, batch 32: Scenelab's compiled and eager steps on cached features, beside Keras on the same
 * layers, through the whole network and on the tail alone, and TensorFlow.js's `fit`. Aims: 2.2 × (Lite0) and 3.5 ×
 * (Inception) Keras through the whole network.
 *
 * `node bench/fine-tune.ts [backbone …] [--rounds 5] [--python python3] [--write]`
 */
const { rounds, chosen, python, write } = caseArguments(5);
const report = new Report('Fine-tuning', python);
const [photos, steps] = [64, 2];
const hasKeras = report.hasKeras('Keras');
const cuts = { 'efficientnet-lite0': 'block11', 'inception-v3': 'mixed8' };
const rows: string[][] = [];
for (const [id, cut] of Object.entries(cuts))
  if (chosen.length === 0 || chosen.includes(id)) rows.push(...(await compare(id, cut)));

async function compare(id: string, cut: string): Promise<string[][]> {
  using stack = new DisposableStack();
  const open = (name: string, command: string[]) => stack.use(openRunner(name, command));
  const runners = [
    open('Scenelab', ownRunner('fine-tune.ts', 'compiled', id, cut)),
    open('Scenelab, operation by operation', ownRunner('fine-tune.ts', 'eager', id, cut)),
  ];
  if (hasKeras)
    runners.push(
      open('Keras, whole network', kerasRunner(python, 'fine_tune.py', id, 'whole')),
      open('Keras, tail alone', kerasRunner(python, 'fine_tune.py', id, 'tail')),
    );
  const tfjs = open('tfjs fit', ownRunner('fine-tune.ts', 'tfjs', id, cut));
  if (await isAble(tfjs)) runners.push(tfjs);
  const taken = await takeTurns(runners, rounds, `${steps}`);
  return runnerRows(taken, photos).map((row) => [id, ...row]);

  /** TensorFlow.js can't train batch norm without a gain, which Inception v3 has. */
  async function isAble(runner: Runner): Promise<boolean> {
    try {
      await runner.turn(`${steps}`);
      return true;
    } catch (error) {
      report.skip(`${id}: ${error instanceof Error ? error.message : error}`);
      return false;
    }
  }
}

const columns = ['backbone', ...runnerColumns];
report.finish(
  `\`node bench/fine-tune.ts\`: ${steps} steps of 32 photos a turn with all that an epoch does, medians (rounds: ${rounds}). Trained are the last
four blocks of Lite0, and mixed9 and mixed10 of Inception v3; Scenelab reads what lies below from its cache. Each runner is a
process of its own and takes turns with the others. All weights are random.

${table(columns, rows)}`,
  { write },
);
