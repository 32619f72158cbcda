import { Command, CommanderError } from 'commander';
import { ScenelabError } from '../contract/index.ts';
import { appVersion } from '../engine/app-folder.ts';
import { addBackboneVerb } from './backbone.ts';
import { addDoctorVerb } from './doctor.ts';
import { addEvaluateVerb } from './evaluate.ts';
import { addExportVerb } from './export.ts';
import { addImportVerb } from './import.ts';
import { addInspectVerb } from './inspect.ts';
import { addLabVerb } from './lab.ts';
import { addLabelVerb } from './label.ts';
import { jsonOutput } from './output.ts';
import { addPredictVerb } from './predict.ts';
import { exitCodes, runSession, type AddVerb, type SessionOptions } from './session.ts';
import { addTrainVerb } from './train.ts';
import { addUndoVerb } from './undo.ts';

const verbs: readonly AddVerb[] = [
  addTrainVerb,
  addImportVerb,
  addLabelVerb,
  addUndoVerb,
  addEvaluateVerb,
  addPredictVerb,
  addExportVerb,
  addBackboneVerb,
  addInspectVerb,
  addLabVerb,
  addDoctorVerb,
];

// A reader that has seen enough (`scenelab predict … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed);
});
process.exitCode = await main(process.argv);

async function main(argv: string[]): Promise<number> {
  const program = new Command('scenelab')
    .description('Turns folders of your own photos into a scene classifier you can trust and take away.')
    .usage('<verb> …')
    .version(appVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [verb]', 'Print the help of a verb.')
    .option('--json', 'print one JSON event a line; the last has the kind "result"')
    .option('--debug', 'show where a failure came from, and what the engine writes')
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (verb) => verb.name() })
    .configureOutput({ outputError: (words, write) => write(words.replace(/^error: /, 'scenelab: ')) })
    .addHelpText(
      'after',
      '\n`scenelab <verb> --help` has examples. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled.',
    )
    .exitOverride();
  let code: number = exitCodes.done;
  for (const addVerb of verbs)
    addVerb(program, async (action) => {
      const { json = false, debug = false } = program.opts<Partial<SessionOptions>>();
      code = await runSession(action, { json, debug });
    });
  for (const verb of program.commands) hintAtHelp(verb, `scenelab ${verb.name()}`);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    return wrongUsage(error, argv);
  }
}

/** After wrong usage of a verb, or of one in its group, its help is named. */
function hintAtHelp(verb: Command, called: string): void {
  verb.helpCommand(false).showHelpAfterError(`See \`${called} --help\`.`);
  for (const inGroup of verb.commands) hintAtHelp(inGroup, `${called} ${inGroup.name()}`);
}

/** Commander has told people already; programs still want their line. */
function wrongUsage(error: unknown, argv: readonly string[]): number {
  const isUsage =
    error instanceof CommanderError || (error instanceof ScenelabError && error.code === 'USAGE');
  if (!isUsage) throw error;
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
  if (error instanceof ScenelabError) process.stderr.write(`scenelab: ${error.message}\n`);
  const isBare = error instanceof CommanderError && error.code === 'commander.help';
  const met = isBare ? 'There is no verb' : error.message.replace(/^error: /, '').replaceAll('\n', ' ');
  if (argv.includes('--json'))
    jsonOutput.failure(new ScenelabError('USAGE', met, '', 'Look at `scenelab --help`'));
  return exitCodes.usage;
}
