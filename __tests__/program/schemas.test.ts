import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Ajv} from 'ajv';
import {describe, expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {projectRoot} from '../helpers/terminal.js';

const ajv = new Ajv({allowUnionTypes: true});
const compile = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(join(projectRoot, `schemas/${name}.schema.json`), 'utf8')));
const path = (name: string): string => join(fixturesDirectory, `${name}.bin`);

/** The words of a line; a name after "@" is a capture. */
function toArguments(line: string): readonly string[] {
  return line.split(' ').map(word => word.replace(/^@(?=[a-z])(.*)/, (_, name) => path(name)));
}

async function validate(schema: string, line: string): Promise<unknown> {
  const isValid = compile(schema);
  const {stdout} = await runProgram(['--json', ...toArguments(line)]);
  return isValid(JSON.parse(stdout)) ? null : isValid.errors;
}

describe('the JSON of trees is as its schema says', () => {
  it.each([
    '@nested',
    '-b 3 --whole-peak @imports',
    '--leaks --depth 2 @threads',
    '--temporary-allocations @temps',
    '--view at:50% @imports',
    '--view at:#999 @imports',
    '--view peak:10%..90% @imports',
    '--view grown:#1..#3 @imports',
    '--view gen:0%,50%,100% @imports',
    '--view at:50% @imports @nested',
    '--flat --by function @nested',
    '--inverted @nested',
    '--places @nested',
    '--stats @nested',
    '--view imports @imports',
    '--by file @nested',
    '--merge @nested @threads',
    '@nested missing.bin @threads',
    '--diff @nested @threads',
    '--diff @imports --view at:50% @imports',
    '--diff @nested @nested --against @threads @threads @threads',
    '--compare @nested @threads @imports @temps @nested',
    '--compare @nested missing.bin @threads',
    '@aggregate-middle',
    '@native-nested',
  ])('%s', async line => {
    expect(await validate('tree', line)).toBeNull();
  });

  describe.each(['@aggregate-threads', '@bad/raw-cut-2', '@bad/lz4-cut-half', '@killed-buffered', '@empty'])(
    '%s',
    capture => {
      it.each([
        '--stats',
        '--stats --limit 1',
        '--flat',
        '--inverted --leaks',
        '--by module --whole-peak -b 1',
        '--view imports',
        '--view lines:a',
        '--view callers:a',
      ])('%s', async line => {
        expect(await validate('tree', `${line} ${capture}`)).toBeNull();
      });
    },
  );

  // What aggregated captures do not hold is refused, and no JSON.
  it.each(['--places', '--stats --leaks', '--temporary-allocations', '--view at:50%', '--view gen:0%,100%'])(
    '%s',
    async line => {
      const {code, stdout} = await runProgram(['--json', ...toArguments(`${line} @aggregate-middle`)]);
      expect({code, stdout}).toEqual({code: 1, stdout: ''});
    },
  );

  it.each(['--compare', '--merge', '--diff @aggregate-threads'])('%s of aggregated captures', async line => {
    expect(await validate('tree', `${line} @aggregate-middle @aggregate-threads`)).toBeNull();
  });
});

it.each([
  '--timeline @imports',
  '--timeline @aggregate-middle',
  '--timeline @bad/raw-cut-2',
  '--timeline @empty',
])('the JSON of a timeline: %s', async line => {
  expect(await validate('timeline', line)).toBeNull();
});

const budgets = '--budget examples/newsroom/budget.json';

it.each([
  `${budgets} @nested`,
  `${budgets} --diff @nested @threads`,
  `${budgets} --compare @nested @threads`,
  `${budgets} @aggregate-middle`,
  `${budgets} @bad/raw-cut-2`,
  `${budgets} --diff @aggregate-middle @bad/raw-cut-2`,
])('the JSON of verdicts: %s', async line => {
  expect(await validate('gates', line)).toBeNull();
});

it('the schemas find what is missing and what is too much', async () => {
  const {stdout} = await runProgram(['--json', path('nested')]);
  const isTree = compile('tree');
  const {kept: _, ...without} = JSON.parse(stdout);
  expect(isTree(without)).toBe(false);
  expect(isTree({...JSON.parse(stdout), more: 1})).toBe(false);
});
