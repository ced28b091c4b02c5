import {type Budget, countOutcomes, type Verdict} from '../src/gate/budget.js';
import {formatAnnotations} from '../src/gate/outputs/annotations.js';
import {judgeUnread} from '../src/gate/unread.js';
import type {CliOptions} from './cli-values.js';
import {listPaths} from './input-paths.js';
import {listOptionFiles} from './option-file.js';
import type {Output} from './output-file.js';
import {getOutputForm} from './output-form.js';
import {nameInput} from './say.js';
import {print} from './standard-streams.js';
import {OutputError} from './write-failure.js';
import {writePieces} from './write-pieces.js';

/** The exit code where a gate has failed. */
const GATE_FAILED = 4;
/** Where a capture could not be read at all. */
const UNREAD = 1;
/** Where nobody knows whether a gate is kept, as of a damaged capture. */
const GATE_INCOMPLETE = 3;

/**
 * The exit code of a result with verdicts, which is that of the process as soon as there is a gate: nothing passes because
 * nobody reads the output to its end.
 * @param readCode of the captures: 0 where they could be read as a whole
 */
export function settleExitCode(readCode: number, verdicts: readonly Verdict[]): number {
  const exitCode = readCode === 0 ? getGateCode(verdicts) : readCode;
  if (verdicts.length > 0) process.exitCode = exitCode;
  return exitCode;
}

function getGateCode(verdicts: readonly Verdict[]): number {
  if (countOutcomes(verdicts, 'failed') > 0) return GATE_FAILED;
  return countOutcomes(verdicts, 'incomplete') > 0 ? GATE_INCOMPLETE : 0;
}

/** Opens the file of the JUnit report before anything is read; null where there is none to write. @throws OutputError */
export async function prepareJunit(options: CliOptions): Promise<(() => Promise<Output>) | null> {
  const {gates, force, input} = options;
  if (gates.junit === null) return null;
  const {prepareOutput} = await import('./output.js');
  try {
    const optionFiles = listOptionFiles(options);
    return await prepareOutput(
      {path: gates.junit, isForced: force, inputs: listPaths(input), optionFiles},
      {kind: 'data'},
    );
  } catch (error) {
    throw nameFile(error, gates.junit);
  }
}

/** An error about this file and not about the output. */
function nameFile(error: unknown, path: string): unknown {
  return error instanceof OutputError ? new OutputError(error.message, {file: `--junit ${path}`}) : error;
}

/** Annotations come after the result. */
export async function annotate(verdicts: readonly Verdict[], options: CliOptions): Promise<void> {
  if (!options.gates.annotations) return;
  // Between the lines of a machine's output they would be in the way.
  const {output} = options;
  const isForMachine = getOutputForm(options).kind !== 'text' && (output === null || output === '-');
  const stream = isForMachine ? process.stderr : process.stdout;
  for (const line of formatAnnotations(verdicts, nameInput(options.results)))
    await print(stream, `${line}\n`);
}

/** Where nothing could be read, no gate has a verdict: the report and the annotations say why. @throws OutputError */
export async function reportUnread(
  budgets: readonly Budget[],
  message: string,
  options: CliOptions,
  openJunit: (() => Promise<Output>) | null,
): Promise<void> {
  const missing = `${nameInput(options.results)}: ${message}`;
  const verdicts = budgets.map(budget => judgeUnread(budget, missing));
  settleExitCode(UNREAD, verdicts);
  await writeJunit(verdicts, options, openJunit, Date.now());
  await annotate(verdicts, options);
}

/** The report is written first: whoever reads the result may go before its end. @throws OutputError */
export async function writeJunit(
  verdicts: readonly Verdict[],
  options: CliOptions,
  openJunit: (() => Promise<Output>) | null,
  startTimeMs: number,
): Promise<void> {
  if (openJunit === null) return;
  const {formatJunit} = await import('../src/gate/outputs/junit.js');
  try {
    await writePieces(await openJunit(), [formatJunit(verdicts, nameInput(options.results), startTimeMs)]);
  } catch (error) {
    throw nameFile(error, options.gates.junit ?? '');
  }
}
