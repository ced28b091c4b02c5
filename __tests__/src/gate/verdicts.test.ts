import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {validateXML} from 'xmllint-wasm';
import {type Budget, judge, type Measurement, sortVerdicts, type Verdict} from '../../../src/gate/budget.js';
import {combineAmounts} from '../../../src/gate/captures.js';
import {NOTHING_UNFINISHED} from '../../../src/gate/gaps.js';
import {parseLimit} from '../../../src/gate/limit.js';
import {formatAnnotations} from '../../../src/gate/outputs/annotations.js';
import {formatVerdictsJson} from '../../../src/gate/outputs/json.js';
import {formatJunit} from '../../../src/gate/outputs/junit.js';
import {describeVerdict} from '../../../src/gate/outputs/sentence.js';
import {formatVerdicts} from '../../../src/gate/outputs/table.js';
import {DEFAULT_QUERY} from '../../../src/query/tree-query.js';

const schema = readFileSync('__tests__/fixtures/junit/JUnit.xsd', 'utf8');

function createVerdict(
  max: string,
  bytes: number,
  base: number | null = null,
  texts: Partial<Budget> = {},
  rest: Partial<Measurement> = {},
): Verdict {
  const isGrowth = max.startsWith('+');
  const limit = parseLimit(isGrowth ? max.slice(1) : max)!;
  const budget = {
    name: 'peak',
    query: DEFAULT_QUERY,
    view: '',
    max: limit,
    isGrowth,
    why: '',
    mustMatch: false,
    ...texts,
  };
  return judge(budget, {...NOTHING_ELSE, bytes, base, ...rest});
}

const NOTHING_ELSE = {
  ...{
    suppressed: 0,
    pools: 0,
    missing: null,
    unfinished: NOTHING_UNFINISHED,
    unmatched: [],
    each: [],
    medianOf: null,
  },
  sumOf: null,
} as const;

/** Of captures that have to keep a limit each. */
function createFleet(max: string, ...bytes: readonly number[]): Verdict {
  const captures = bytes.map((each, index) => ({
    name: `w${index + 1}.bin`,
    bytes: each,
    suppressed: 0,
    pools: 0,
  }));
  const amounts = combineAmounts(captures, []);
  return createVerdict(max, amounts.bytes, null, {}, amounts);
}

async function validate(report: string) {
  return validateXML({xml: [{fileName: 'report.xml', contents: report}], schema: [schema]});
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
    // As doubles, 0.57 % of 10,000 are a little less than 57.
    ['+0.57%', 10_057, 10_000, true],
    ['+0.57%', 10_058, 10_000, false],
  ])('of %s: %d bytes, of the base %s: passes %s', (max, bytes, base, isPassed) => {
    expect(createVerdict(max, bytes, base).outcome).toBe(isPassed ? 'passed' : 'failed');
  });
});

describe('a step that has to match', () => {
  const unmatched = ['through:mod:gone'];
  const missed = createVerdict('1MB', 0, null, {mustMatch: true}, {unmatched});

  it.each([
    [false, unmatched, {}, 'passed'],
    [true, [], {}, 'passed'],
    [true, unmatched, {}, 'failed'],
    [true, unmatched, {missing: 'cut.bin: cut off'}, 'incomplete'],
    // What came later might match.
    [true, unmatched, {unfinished: {captures: ['killed.bin'], bases: []}}, 'incomplete'],
  ])('%s, and %j matches nothing, of a capture that lacks %j: %s', (mustMatch, steps, gaps, outcome) => {
    const verdict = createVerdict('1MB', 0, null, {mustMatch}, {unmatched: steps, ...gaps});
    expect(verdict.outcome).toBe(outcome);
  });

  it('is the reason in every output', () => {
    const reason = 'through:mod:gone matches nothing, but has to (mustMatch)';
    expect(describeVerdict(missed)).toBe(`kept 0.000B, within the limit of 1.000MB; ${reason}`);
    expect([...formatVerdicts([missed])]).toContain(`  ${reason}`);
    expect([...formatAnnotations([missed], 'a.bin')].join('\n')).toContain(reason);
    expect(formatJunit([missed], 'a.bin', 0)).toMatch(
      new RegExp(`<failure type="budget" message="[^"]*${reason.replace(/[()]/g, '\\$&')}`),
    );
    const {passed, gates} = JSON.parse(formatVerdictsJson([missed], {captures: ['a.bin'], bases: []}));
    expect({passed, gates}).toMatchObject({
      passed: false,
      gates: [{outcome: 'failed', mustMatch: true, matchesNothing: unmatched}],
    });
  });

  it('comes before what passed', () => {
    const overs = sortVerdicts([createVerdict('9B', 8), missed, createVerdict('9B', 10)]).map(
      ({over}) => over,
    );
    expect(overs).toEqual([1, -1_000_000, -1]);
  });
});

describe('several captures', () => {
  it('without a base have to keep a limit each', () => {
    const verdict = createFleet('10B', 4, 30, 3, 20);
    expect(verdict).toMatchObject({
      measured: 30,
      over: 20,
      outcome: 'failed',
      worst: {name: 'w2.bin', over: 2, captures: 4},
    });
    expect(describeVerdict(verdict)).toBe(
      'w2.bin kept 30.000B, 20.000B above the limit of 10.000B; 2 of 4 captures are above it',
    );
    expect(createFleet('30B', 4, 30, 3, 20).outcome).toBe('passed');
  });

  it('are listed where they are judged one by one', () => {
    const lines = [...formatVerdicts([createFleet('10B', 4, 30)])];
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Budget  Measured    Limit  Over by  Verdict
      peak     30.000B  10.000B  20.000B  failed
        w2.bin; 1 of 2 captures is above it
      measured: the greatest of 2 captures
      1 of 1 failed
      "
    `);
    const {gates} = JSON.parse(formatVerdictsJson([createFleet('10B', 4, 30)], {captures: [], bases: []}));
    expect(gates[0]).toMatchObject({
      capture: 'w2.bin',
      capturesOver: 1,
      each: [
        {name: 'w1.bin', bytes: 4, suppressed: 0, pools: 0},
        {name: 'w2.bin', bytes: 30, suppressed: 0, pools: 0},
      ],
    });
  });

  it('with a base are runs, of which the medians are judged, in whole bytes', () => {
    const toRuns = (...bytes: readonly number[]) =>
      bytes.map(each => ({name: 'a', bytes: each, suppressed: 1, pools: 2}));
    const amounts = combineAmounts(toRuns(1, 90, 40, 43), toRuns(10, 11, 12));
    expect(amounts).toEqual({
      bytes: 42,
      base: 11,
      suppressed: 1,
      pools: 2,
      each: [],
      medianOf: {captures: 4, bases: 3},
    });
    const grown = createVerdict('+5B', 42, 11, {}, amounts);
    expect(describeVerdict(grown)).toBe(
      'grew by 31.000B (the base has 11.000B; medians of 4 and 3 runs), 26.000B above the limit of +5.000B; 1.000B suppressed; 2.000B of small-object pools left out',
    );
    expect([...formatVerdicts([grown])]).toContain('measured: medians of 4 and 3 runs');
    const kept = createVerdict('5B', 42, 11, {}, {...amounts, suppressed: 0, pools: 0});
    expect(describeVerdict(kept)).toBe(
      'kept 42.000B (the median of 4 runs), 37.000B above the limit of 5.000B',
    );
    const file = JSON.parse(formatVerdictsJson([grown], {captures: ['a'], bases: ['b']}));
    expect(file).toMatchObject({captures: ['a'], bases: ['b'], medianOf: {captures: 4, bases: 3}});
  });

  it('that have shrunk are not said to have grown', () => {
    expect(describeVerdict(createVerdict('+5%', 70, 100))).toBe(
      'shrank by 30.000B (-30.00 %; the base has 100.000B), within the limit of +5.000B (+5 %)',
    );
  });

  it('one on each side are no medians', () => {
    const one = [{name: 'a', bytes: 1, suppressed: 0, pools: 0}];
    expect(combineAmounts(one, one).medianOf).toBeNull();
    expect(combineAmounts(one, [])).toMatchObject({each: [], medianOf: null});
  });
});

describe('a share of the base', () => {
  it.each([
    ['+5%', 132, 100, '+32.000B (+32.00 %)', '+5.000B (+5 %)'],
    ['+2.5 %', 90, 100, '-10.000B (-10.00 %)', '+2.000B (+2.5 %)'],
    // Two decimals would look as if the limit were kept.
    ['+5%', 1_050_001, 1_000_000, '+50.001kB (+5.0001 %)', '+50.000kB (+5 %)'],
    ['+5%', 7, 0, '+7.000B', '+0.000B (+5 %)'],
  ])('of %s: %d bytes, %d before', (max, bytes, base, measured, limit) => {
    const line = [...formatVerdicts([createVerdict(max, bytes, base)])][1];
    expect(line).toContain(`  ${measured}  ${limit}  `);
  });

  it('is a limit in whole bytes, which pass', () => {
    expect(createVerdict('+5%', 106, 101)).toMatchObject({limit: 5, over: 0, outcome: 'passed'});
    expect(createVerdict('+5%', 107, 101)).toMatchObject({limit: 5, over: 1, outcome: 'failed'});
  });
});

it('of what could not be read as a whole neither passes nor fails', () => {
  for (const bytes of [1, 99]) {
    expect(createVerdict('10B', bytes, null, {}, {missing: 'cut.bin: Capture is cut off'})).toMatchObject({
      measured: bytes,
      outcome: 'incomplete',
    });
  }
});

it('a view whose steps match nothing passes, which is told everywhere', async () => {
  const unmatched = ['through:mod:a\u001b<b'];
  const verdicts = [createVerdict('1MB', 0, null, {name: 'gone'}, {unmatched})];
  expect(`\n${[...formatVerdicts(verdicts)].join('\n')}\n`).toMatchInlineSnapshot(`
    "
    Budget  Measured    Limit  Over by  Verdict
    gone      0.000B  1.000MB           passed
      through:mod:a␛<b matches nothing
    all 1 passed
    "
  `);
  expect([...formatAnnotations(verdicts, 'results.bin')]).toMatchInlineSnapshot(`
    [
      "::notice title=gone::results.bin: through:mod:a␛<b matches nothing",
    ]
  `);
  const {gates} = JSON.parse(formatVerdictsJson(verdicts, {captures: [], bases: []}));
  expect(gates).toMatchObject([{passed: true, matchesNothing: unmatched}]);
  const report = formatJunit(verdicts, 'x.bin', 0);
  expect(report).toContain('&#10;gone: through:mod:a\ufffd&lt;b matches nothing</system-out>');
  expect((await validate(report)).errors).toEqual([]);
});

describe('a capture without an end mark', () => {
  const own = {unfinished: {captures: ['killed.bin'], bases: []}};
  const ofBase = {unfinished: {captures: [], bases: ['killed.bin', 'b.bin']}};

  it.each([
    ['keeps a limit', '10B', 10, null, own, 'incomplete'],
    ['exceeds a limit', '10B', 11, null, own, 'failed'],
    ['has not grown', '+10B', 10, 5, own, 'incomplete'],
    ['has grown', '+10B', 16, 5, own, 'failed'],
    ['is a base that has less', '+10B', 16, 5, ofBase, 'incomplete'],
    ['is a base that has more', '+10B', 5, 16, ofBase, 'incomplete'],
    ['is a base, and the limit is of the other side', '10B', 10, 5, ofBase, 'passed'],
  ] as const)('that %s of %s: %d bytes, of the base %s', (_, max, bytes, base, rest, outcome) => {
    expect(createVerdict(max, bytes, base, {}, rest).outcome).toBe(outcome);
  });

  it('is named', () => {
    const verdicts = [
      createVerdict('1MB', 2e6, null, {name: 'big'}, own),
      createVerdict('1MB', 1, null, {}, own),
    ];
    expect(`\n${[...formatVerdicts(verdicts)].join('\n')}\n`).toMatchInlineSnapshot(`
      "
      Budget  Measured    Limit  Over by  Verdict
      big      2.000MB  1.000MB  1.000MB  failed
      peak      1.000B  1.000MB           incomplete
      killed.bin has no end mark, so what came later is not known; --allow-unfinished judges what was recorded
      1 of 2 failed, 1 incomplete
      "
    `);
    expect([...formatAnnotations(verdicts, 'results.bin')][1]).toMatch(
      /^::error title=Incomplete capture::killed\.bin has no/,
    );
    expect(formatJunit(verdicts, 'killed.bin', 0)).toContain(
      '<error type="capture" message="killed.bin has no',
    );
    expect(createVerdict('+1B', 1, 1, {}, ofBase).reason).toMatch(/^killed\.bin and 1 more have no end mark/);
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

it('names in a table are harmless, and as wide as they are shown', () => {
  const verdicts = [
    createVerdict('1MB', 3e6, null, {name: '日本語', why: 'a\u001b[2Jb'}, {suppressed: 7, pools: 9}),
    createVerdict('1MB', 1e6, null, {name: 'a\u202eb'}),
  ];
  expect(`\n${[...formatVerdicts(verdicts)].join('\n')}\n`).toMatchInlineSnapshot(`
    "
    Budget    Measured    Limit  Over by  Verdict
    日本語     3.000MB  1.000MB  2.000MB  failed
      why: a␛[2Jb
    a‹202E›b   1.000MB  1.000MB           passed
    suppressed, and not counted: up to 7.000B
    small-object pools, and not counted: up to 9.000B
    1 of 2 failed
    "
  `);
});

it('verdicts on what could not be read are told apart', () => {
  const missing = 'cut.bin: Capture is cut off at byte 9';
  const verdicts = [
    createVerdict('1MB', 2e6, null, {}, {missing}),
    createVerdict('1MB', 1, null, {}, {missing}),
  ];
  expect(`\n${[...formatVerdicts(verdicts)].join('\n')}\n`).toMatchInlineSnapshot(`
    "
    Budget  Measured    Limit  Over by  Verdict
    peak     2.000MB  1.000MB  1.000MB  incomplete
    peak      1.000B  1.000MB           incomplete
    not everything could be read: cut.bin: Capture is cut off at byte 9
    2 of 2 incomplete
    "
  `);
  expect([...formatAnnotations(verdicts, 'results.bin')]).toMatchInlineSnapshot(`
    [
      "::error title=Incomplete capture::not everything could be read: cut.bin: Capture is cut off at byte 9",
    ]
  `);
  expect(JSON.parse(formatVerdictsJson(verdicts, {captures: ['cut.bin'], bases: []}))).toMatchObject({
    passed: false,
    incomplete: `not everything could be read: ${missing}`,
    gates: [{passed: false, outcome: 'incomplete'}, {passed: false}],
  });
});

it('JSON has limits as they were written', () => {
  const verdicts = [createVerdict('1.2345MB', 1), createVerdict('+5%', 9, 9), createVerdict('1500', 3)];
  const {gates} = JSON.parse(formatVerdictsJson(verdicts, {captures: [], bases: []}));
  expect(gates.map(({max}: {max: string}) => max)).toEqual(['+5%', '1500', '1.2345MB']);
});

it('failures are annotations for GitHub, escaped as it demands', () => {
  const verdicts = [
    createVerdict('50MB', 1),
    createVerdict('10B', 99, null, {name: 'a: b, 100%', why: 'one\r\ntwo\u001b'}, {suppressed: 5}),
  ];
  expect([...formatAnnotations(verdicts, 'results.bin')]).toMatchInlineSnapshot(`
    [
      "::error title=a%3A b%2C 100%25::results.bin: kept 99.000B, 89.000B above the limit of 10.000B; 5.000B suppressed. one%0Atwo␛",
    ]
  `);
});

it.each(['1000000001%', `${'9'.repeat(400)}%`, '1e3%'])('%s is no limit', text => {
  expect(parseLimit(text)).toBeNull();
});

it('annotations hold nothing that a terminal would obey', () => {
  const verdicts = [createVerdict('10B', 99, null, {name: 'a\u001b[31m\u0007\u202eb', why: 'x\u2028y'})];
  expect([...formatAnnotations(verdicts, 'results.bin')].join()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
});

describe('a JUnit report', () => {
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
          <testcase name="peak" classname="results.bin: peak" time="0"/>
          <testcase name="big" classname="results.bin: peak" time="0"><failure type="budget" message="kept 99.000B, 89.000B above the limit of 10.000B">kept 99.000B, 89.000B above the limit of 10.000B&#10;because</failure></testcase>
          <system-out>peak: kept 1.000B, within the limit of 50.000MB</system-out>
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

  it('says that nothing was tested where a capture could not be read', async () => {
    const verdicts = [createVerdict('50MB', 1, null, {why: 'because'}, {missing: 'cut.bin: cut <off>'})];
    const report = formatJunit(verdicts, 'cut.bin', 0);
    expect(report).toContain('tests="1" failures="0" errors="1"');
    expect(report).toContain(
      '<error type="capture" message="not everything could be read: cut.bin: cut &lt;off&gt;">',
    );
    expect((await validate(report)).errors).toEqual([]);
  });

  it('that is not valid is found', async () => {
    const report = formatJunit([createVerdict('10B', 99)], 'x', 0).replace(' hostname="localhost"', '');
    expect((await validate(report)).valid).toBe(false);
  });
});
