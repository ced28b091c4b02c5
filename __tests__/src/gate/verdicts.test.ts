import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {validateXML} from 'xmllint-wasm';
import {type Budget, judge, type Verdict} from '../../../src/gate/budget.js';
import {parseLimit} from '../../../src/gate/limit.js';
import {formatAnnotations} from '../../../src/gate/outputs/annotations.js';
import {formatJunit} from '../../../src/gate/outputs/junit.js';
import {formatVerdicts} from '../../../src/gate/outputs/table.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';

const schema = readFileSync('__tests__/fixtures/junit/JUnit.xsd', 'utf8');

function createVerdict(
  max: string,
  bytes: number,
  base: number | null = null,
  texts: Partial<Budget> = {},
): Verdict {
  const isGrowth = max.startsWith('+');
  const limit = parseLimit(isGrowth ? max.slice(1) : max)!;
  const budget = {name: 'peak', query: DEFAULT_QUERY, view: '', max: limit, isGrowth, why: '', ...texts};
  return judge(budget, {bytes, base, suppressed: 0});
}

describe('a limit', () => {
  it.each([
    ['50MB', 50_000_000, null, true],
    ['50MB', 50_000_001, null, false],
    ['0', 0, null, true],
    ['+2MB', 5_000_000, 3_000_000, true],
    ['+2MB', 5_000_001, 3_000_000, false],
    ['+5%', 105, 100, true],
    ['+5%', 106, 100, false],
    ['+0%', 90, 100, true],
    ['+5%', 1, 0, false],
  ])('of %s: %d bytes, of the base %s: passes %s', (max, bytes, base, isPassed) => {
    expect(createVerdict(max, bytes, base).isPassed).toBe(isPassed);
  });
});

it('verdicts are a table, the one that is furthest over its limit first', () => {
  const verdicts = [
    createVerdict('50MB', 20e6, null, {name: 'small'}),
    createVerdict('+1MB', 9e6, 5e6, {name: 'grown', why: 'the cache is bounded'}),
    createVerdict('1MB', 3e6, null, {name: 'big'}),
  ];
  expect(`\n${[...formatVerdicts(verdicts)].join('\n')}\n`).toMatchInlineSnapshot(`
    "
    Budget  Measured     Limit  Over by  Verdict
    grown   +4.000MB  +1.000MB  3.000MB  failed
      why: the cache is bounded
    big      3.000MB   1.000MB  2.000MB  failed
    small   20.000MB  50.000MB           passed
    2 of 3 failed
    "
  `);
});

it('failures are annotations for GitHub, escaped as it demands', () => {
  const verdicts = [
    createVerdict('50MB', 1),
    createVerdict('10B', 99, null, {name: 'a: b, 100%', why: 'one\r\ntwo'}),
  ];
  expect([...formatAnnotations(verdicts)]).toMatchInlineSnapshot(`
    [
      "::error title=a%3A b%2C 100%25::kept 99.000B, 89.000B above the limit of 10.000B. one%0D%0Atwo",
    ]
  `);
});

describe('a JUnit report', () => {
  async function validate(report: string) {
    return validateXML({xml: [{fileName: 'report.xml', contents: report}], schema: [schema]});
  }

  it('has a test for each budget', async () => {
    const verdicts = [
      createVerdict('50MB', 1),
      createVerdict('10B', 99, null, {name: 'big', why: 'because'}),
    ];
    const report = formatJunit(verdicts, 'results.bin', Date.UTC(2026, 0, 2, 3, 4, 5));
    expect(report).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="results.bin" package="memray-tree-ink" id="0" timestamp="2026-01-02T03:04:05" hostname="localhost" tests="2" failures="1" errors="0" time="0">
          <properties/>
          <testcase name="peak" classname="peak" time="0"/>
          <testcase name="big" classname="peak" time="0"><failure type="budget" message="kept 99.000B, 89.000B above the limit of 10.000B">kept 99.000B, 89.000B above the limit of 10.000B&#10;because</failure></testcase>
          <system-out/>
          <system-err/>
        </testsuite>
      </testsuites>
      "
    `);
    expect((await validate(report)).errors).toEqual([]);
  });

  it('is valid by the schema of JUnit, whatever names hold', async () => {
    const text = fc.string({unit: 'binary', maxLength: 20});
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (name, view, why, file) => {
        const verdicts = [
          createVerdict('10B', 99, null, {name, view, why}),
          createVerdict('1kB', 9, null, {name}),
        ];
        expect((await validate(formatJunit(verdicts, `results${file}`, 0))).errors).toEqual([]);
      }),
      {numRuns: 30},
    );
  });

  it('that is not valid is found', async () => {
    const report = formatJunit([createVerdict('10B', 99)], 'x', 0).replace(' hostname="localhost"', '');
    expect((await validate(report)).valid).toBe(false);
  });
});
