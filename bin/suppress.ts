import {readSuppressions, SuppressionError, toSteps} from '../src/gate/suppressions.js';
import type {Pattern} from '../src/query/grammar/term.js';
import type {CliOptions} from './cli-values.js';
import {OptionFileError, readOptionFile} from './option-file.js';

/** What all files of suppressions hold. @throws OptionFileError */
export async function readIgnored({ignore}: Pick<CliOptions, 'ignore'>): Promise<readonly Pattern[]> {
  const files = await Promise.all(ignore.map(readFile));
  return files.flat();
}

async function readFile(path: string): Promise<readonly Pattern[]> {
  const text = await readOptionFile(path);
  try {
    return readSuppressions(text);
  } catch (error) {
    if (error instanceof SuppressionError) throw new OptionFileError(`${path}: ${error.message}`, 2);
    throw error;
  }
}

/** The options with a step before all others that suppresses what their file of suppressions says. @throws OptionFileError */
export async function withIgnored(options: CliOptions): Promise<CliOptions> {
  const steps = toSteps(await readIgnored(options));
  if (steps.length === 0) return options;
  return {...options, query: {...options.query, steps: [...steps, ...options.query.steps]}};
}
