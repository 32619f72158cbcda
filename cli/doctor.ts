import type { DoctorReport } from '../contract/index.ts';
import type { AddVerb } from './session.ts';
import { count, size } from './words.ts';

/** `scenelab doctor`: what Scenelab runs on here, and what to do about what is missing. */
export const addDoctorVerb: AddVerb = (program, run) => {
  program
    .command('doctor')
    .description('Show what Scenelab runs on, and for each thing missing what to do.')
    .action(() =>
      run(async ({ client, output }) => {
        const report = await client.doctor();
        output.result(report, reportWords(report));
      }),
    );
};

function reportWords(report: DoctorReport): string {
  const { runtime, memory, problems } = report;
  const facts = [
    ['Scenelab', `${report.scenelab}, Node ${report.node}, ${report.platform}`],
    ['Runtime', `${runtime.kind === 'native' ? 'native TensorFlow' : 'portable'}: ${runtime.device}`],
    ['Memory', `${size(memory.totalBytes)}, ${size(memory.freeBytes)} free, ${count(report.cores, 'core')}`],
    ...report.backbones.map(({ id, name, installed }) => [
      name,
      installed ? `here, as ${id}` : `not here; \`scenelab backbone add ${id}\` fetches it`,
    ]),
    ...report.folders.map(({ purpose, path, bytes }) => [
      `${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}`,
      `${path} (${size(bytes)})`,
    ]),
  ];
  const width = Math.max(...facts.map(([name = '']) => name.length));
  const lines = facts.map(([name = '', words]) => `${name.padEnd(width)}  ${words}`);
  const advice = problems.flatMap(({ problem, fix }) => [`! ${problem}.`, `  ${fix}.`]);
  return [...lines, '', ...(advice.length > 0 ? advice : ['Nothing is missing.'])].join('\n');
}
