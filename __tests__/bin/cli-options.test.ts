import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseCliOptions} from '../../bin/cli-options.js';
import {OPTION_ROWS} from '../../bin/cli-table.js';
import type {CliOptions} from '../../bin/cli-values.js';
import {findWrongExpression} from '../../bin/query-options.js';
import {spreadRuns} from '../../bin/spread-runs.js';
import {loadRegexEngine} from '../../src/query/bounded-regex.js';
import {DEFAULT_QUERY} from '../../src/query/tree-query.js';

function parse(line: string): CliOptions {
  const command = parseCliOptions(line.split(' '));
  if (command.kind !== 'run') throw new Error(JSON.stringify(command));
  return command.options;
}

function getUsageError(line: string): string {
  const command = parseCliOptions(line === '' ? [] : line.split(' '));
  expect(command.kind, line).toBe('usage-error');
  return command.kind === 'usage-error' ? command.message : '';
}

test.each([
  ['-o', '--output needs the name of a file, but it is empty'],
  ['--symbols', '--symbols needs the name of a directory, but it is empty'],
  ['--source-root', '--source-root needs the name of a directory, but it is empty'],
])('%s with an empty name', (option, message) => {
  expect(parseCliOptions(['results.bin', option, ''])).toEqual({kind: 'usage-error', message});
});

test('--save with an empty name', () => {
  const message = '--save needs the name of a file, but it is empty';
  expect(parseCliOptions(['--live', '5000', '--save', ''])).toEqual({kind: 'usage-error', message});
});

test('defaults', () => {
  expect(parse('results.bin')).toEqual({
    results: 'results.bin',
    input: {kind: 'file', path: 'results.bin'},
    gates: {
      ...{failAbove: null, failGrowth: null, budget: null, junit: null},
      ...{annotations: false, allowUnfinished: false},
    },
    ignore: [],
    query: DEFAULT_QUERY,
    given: [],
    wholePeak: false,
    pythonOnly: false,
    symbolsDirectory: null,
    hideImportSystem: false,
    hideUninteresting: true,
    showsLives: false,
    text: false,
    json: false,
    csv: false,
    timeline: false,
    exportFormat: null,
    withSource: false,
    depth: null,
    limit: null,
    output: null,
    save: null,
    force: false,
    color: 'auto',
    theme: 'auto',
    pathMap: [],
    sourceRoot: null,
    ascii: false,
    mouse: true,
    notes: [],
    overridden: [],
    unused: [],
    links: true,
    inline: false,
  });
});

test('every option', () => {
  const line =
    '-b 10 --through a\\_b --by function --inverted --sort own --view reverse --limit 7 --whole-peak --python-only --symbols /image --hide-import-system --show-uninteresting --over-time --json --depth 3 -o out.json --force ' +
    '--fail-above 5MB --ignore known.txt --junit report.xml --annotations --allow-unfinished ' +
    '--color always --theme light --path-map /app=src --path-map /lib=a=b --source-root there --ascii --no-mouse --no-links --inline results.bin';
  expect(parse(line)).toEqual({
    results: 'results.bin',
    input: {kind: 'file', path: 'results.bin'},
    gates: {
      failAbove: {kind: 'size', bytes: 5_000_000, written: '5MB'},
      ...{failGrowth: null, budget: null, junit: 'report.xml', annotations: true, allowUnfinished: true},
    },
    ignore: ['known.txt'],
    given: expect.arrayContaining([
      ['through', 'a\\_b'],
      ['by', 'function'],
      ['inverted', ''],
    ]),
    query: {
      select: {kind: 'peak'},
      steps: [{kind: 'through', term: {field: 'any', patterns: [{kind: 'part', text: 'a_b'}]}}],
      by: 'function',
      shape: {kind: 'inverted'},
      sort: 'own',
      isReversed: true,
      diff: 'difference',
      isNormalized: false,
      biggest: 10,
    },
    wholePeak: true,
    pythonOnly: true,
    symbolsDirectory: '/image',
    hideImportSystem: true,
    hideUninteresting: false,
    showsLives: true,
    text: false,
    json: true,
    csv: false,
    timeline: false,
    exportFormat: null,
    withSource: false,
    depth: 3,
    limit: 7,
    output: 'out.json',
    save: null,
    force: true,
    color: 'always',
    theme: 'light',
    pathMap: [
      {from: '/app', to: 'src'},
      {from: '/lib', to: 'a=b'},
    ],
    sourceRoot: 'there',
    ascii: true,
    mouse: false,
    notes: [],
    overridden: [],
    unused: [],
    links: false,
    inline: true,
  });
});

describe('results', () => {
  test('"tree" may stand before the file, as in memray', () => {
    expect(parse('tree -b 5 results.bin')).toEqual(parse('-b 5 results.bin'));
    expect(parse('-b 5 tree results.bin')).toEqual(parse('results.bin -b 5'));
    expect(parse('./tree').results).toBe('./tree');
  });

  test.each([
    ['-', '-'],
    ['--json -', '-'],
    ['- --json', '-'],
    ['-- -strange.bin', '-strange.bin'],
    ['007', '007'],
    ['--path-map a=b results.bin', 'results.bin'],
    ['__proto__', '__proto__'],
  ])('%s', (line, results) => {
    expect(parse(line).results).toBe(results);
  });
});

describe('views', () => {
  test.each<[string, CliOptions['query']['select']]>([
    ['--leaks r', {kind: 'leaks'}],
    ['--temporary-allocations r', {kind: 'temporary', threshold: 1}],
    ['--temporary-allocation-threshold 0 r', {kind: 'temporary', threshold: 0}],
    ['--temporary-allocation-threshold=5 r', {kind: 'temporary', threshold: 5}],
    ['--temporary-allocation-threshold -1 r', {kind: 'peak'}],
    ['--leaks --temporary-allocation-threshold=-1 r', {kind: 'leaks'}],
  ])('%s', (line, view) => {
    expect(parse(line).query.select).toEqual(view);
  });
});

test.each<[string, CliOptions['results'], CliOptions['input']]>([
  ['a.bin', 'a.bin', {kind: 'file', path: 'a.bin'}],
  ['tree a.bin', 'a.bin', {kind: 'file', path: 'a.bin'}],
  ['--merge a.bin', 'a.bin', {kind: 'file', path: 'a.bin'}],
  ['a b -', '3 captures', {kind: 'files', paths: ['a', 'b', '-'], isMerged: false}],
  ['tree --merge a b', '2 captures', {kind: 'files', paths: ['a', 'b'], isMerged: true}],
  ['--follow a', 'a', {kind: 'follow', path: 'a'}],
  ['--live 9000', 'port 9000', {kind: 'live', port: 9000}],
  ['--live=1 --live 65535', 'port 65535', {kind: 'live', port: 65535}],
])('what is read by %s', (line, results, input) => {
  expect(parse(line)).toMatchObject({results, input});
});

test.each([
  ['-b 0 r', 0],
  ['-b7 r', 7],
  ['--biggest-allocs=12 r', 12],
  ['-b 3 -b 4 r', 4],
])('%s', (line, biggestAllocs) => {
  expect(parse(line).query.biggest).toBe(biggestAllocs);
});

describe('usage errors are one line', () => {
  test.each([
    [''],
    ['tree'],
    ['--json'],
    ['--leaks --temporary-allocations r'],
    ['--leaks --temporary-allocation-threshold 3 r'],
    ['--temporary-allocations --temporary-allocation-threshold 3 r'],
    ['--temporary-allocations --temporary-allocation-threshold -1 r'],
    ['--text --json r'],
    ['-b -1 r'],
    ['-b x r'],
    ['-b 1.5 r'],
    ['-b 1e3 r'],
    ['-b 99999999999999999999 r'],
    ['r -b'],
    ['--depth -1 r'],
    ['--color sometimes r'],
    ['--theme pink r'],
    ['--path-map /app r'],
    ['--path-map =src r'],
    ['--path-map /app= r'],
    ['--symbols'],
    ['--follow -'],
    ['--follow a b'],
    ['- a -'],
    ['--live 0'],
    ['--live 65536'],
    ['--live here'],
    ['--live 9000 --follow'],
    ['--live 9000 r'],
    ['--save run.bin r'],
    ['--save run.bin --follow r'],
    ['--live 9000 --save run.bin -o run.bin'],
    ['--nonsense r'],
    ['--mouse r'],
    ['-x r'],
  ])('%s', line => {
    const message = getUsageError(line);
    expect(message).toMatch(/^[^\n]{5,160}$/);
  });

  test('they name what is wrong', () => {
    expect(getUsageError('-b x r')).toBe('--biggest-allocs takes a whole number, not "x"');
    expect(getUsageError('--color sometimes r')).toContain('sometimes');
  });
});

test.each([
  ['--version', 'version'],
  ['-V', 'version'],
  ['-h', 'help'],
  ['--help', 'help'],
  ['--help a b', 'help'],
  ['--version --help', 'help'],
  ['--no-such-option --help', 'help'],
  ['-fh', 'help'],
])('%s goes before everything else', (line, kind) => {
  expect(parseCliOptions(line.split(' '))).toEqual({kind});
});

test.each([
  ['--export speedscope', 'no form for a comparison; use html, pprof, folded or csv'],
  ['--export gprof2dot', 'no form for a comparison; use html, pprof, folded or csv'],
])('a format without a form for two sides: %s', (format, reason) => {
  expect(getUsageError(`${format} --diff base r`)).toBe(`${format}: ${reason}`);
  expect(parse(`${format} --compare a b`).exportFormat).not.toBeNull();
});

test.each(['--diff base r', '--compare a b'])(
  '%s compares functions, which have no lines of source',
  runs => {
    expect(getUsageError(`--export html --with-source ${runs}`)).toBe(
      '--with-source shows lines, but captures are compared by functions',
    );
  },
);

describe('short options', () => {
  test.each([
    ['-f r', {force: true}],
    ['-fo out r', {force: true, output: 'out'}],
    ['-oout.txt r', {output: 'out.txt'}],
    ['-o=out.txt r', {output: 'out.txt'}],
    ['-fb5 r', {force: true, query: {biggest: 5}}],
  ])('%s', (line, options) => {
    expect(parse(line)).toMatchObject(options);
  });
});

test.each([
  ['-o tree.json r', {json: true, text: false}],
  ['-o TREE.JSON r', {json: true, text: false}],
  ['--text -o tree.json r', {json: false, text: true}],
  ['--json -o tree.txt r', {json: true, text: false}],
  ['-o tree.txt r', {json: false, text: false}],
  ['-o json r', {json: false, text: false}],
  ['tree.json', {json: false, text: false}],
])('the form of the output by %s', (line, form) => {
  expect(parse(line)).toMatchObject(form);
});

test.each([
  ['--no-color r', 'never'],
  ['--no-color --color never r', 'never'],
  ['--color auto r', 'auto'],
] as const)('colors by %s', (line, color) => {
  expect(parse(line).color).toBe(color);
});

test.each([
  ['--save run.bin r', '--save saves a live run; use it together with --live PORT'],
  ['--live 1 --save run.bin -o run.bin', '--save and --output cannot name the same file'],
])('--save is for live runs: %s', (line, message) => {
  expect(getUsageError(line)).toBe(message);
});

describe('options that are steps', () => {
  test.each([
    [['--by', 'foo'], '--by takes line, function, file, module or package, not "foo"'],
    [['--by='], '--by takes line, function, file, module or package, not ""'],
    [['--by', 'by:line'], '--by takes line, function, file, module or package, not "by:line"'],
    [['--sort', 'size'], '--sort takes total, own, count, mean or name, not "size"'],
    [['--through', 'fn:'], '--through: a text is missing (at "fn:")'],
    [['--drop', 'a,'], '--drop: a text is missing (at "a,")'],
    [['--root='], '--root: a text is missing'],
    [['--root', "it's"], `--root: a quote (') is not closed (at "it's")`],
    [['--view', 'through:'], '--view: a text is missing (at "through:")'],
    [['--view', 'inverted throug:x'], '--view: "throug:x" is not a step; did you mean through:x?'],
    [
      ['--view', 'throug:x inverted'],
      '--view: "throug:x" is not a step; did you mean through:x? (at "throug:x inverted")',
    ],
    [['--view', 'nonsense inverted'], '--view: "nonsense" is not a step (at "nonsense inverted")'],
    [['--view', 'biggest:x'], '--view: "x" is not a whole number (at "biggest:x")'],
  ])('%j cannot be read', (words, message) => {
    expect(parseCliOptions([...words, 'r'])).toEqual({kind: 'usage-error', message});
  });

  test('a regular expression that cannot be read is named as it was typed', async () => {
    await loadRegexEngine();
    const explain = (line: string): string | null => findWrongExpression(parse(line).given);
    expect(explain('--through a --drop re:( r')).toBe('--drop: re:(: missing closing ): `(`');
    expect(explain('--view drop:re:( --inverted r')).toBe('--view: drop:re:(: missing closing ): `(`');
    expect(explain('--root re:a+ r')).toBeNull();
  });

  test.each<[string, Partial<CliOptions['query']>]>([
    ['--flat --inverted', {shape: {kind: 'inverted'}}],
    ['--view inverted --flat', {shape: {kind: 'flat'}}],
    ['--by file --by module', {by: 'module'}],
    ['--view all -b 5', {biggest: 5}],
    ['-b 5 --view all', {biggest: Infinity}],
    ['--view peak --leaks', {select: {kind: 'leaks'}}],
    ['--leaks --view peak', {select: {kind: 'peak'}}],
    ['--view leaks --temporary-allocations', {select: {kind: 'temporary', threshold: 1}}],
    ['--leaks --leaks=false', {select: {kind: 'peak'}}],
    ['--view leaks --temporary-allocation-threshold -1', {select: {kind: 'leaks'}}],
    ['--temporary-allocation-threshold 3 --temporary-allocation-threshold -1', {select: {kind: 'peak'}}],
  ])('the last one of a kind counts: %s', (line, query) => {
    expect(parse(`${line} r`).query).toMatchObject(query);
  });
});

describe('unknown options', () => {
  test.each([
    ['--leak r', 'unknown option --leak; did you mean --leaks?'],
    ['--laeks r', 'unknown option --laeks; did you mean --leaks?'],
    ['--leaks=1 r', '--leaks takes no value'],
    ['--temporary r', 'unknown option --temporary; did you mean --temporary-allocation-threshold?'],
    ['--live-port 5 r', 'unknown option --live-port; did you mean --live?'],
    ['--no-colour r', 'unknown option --no-colour; did you mean --no-color?'],
    ['--colour=never r', 'unknown option --colour; did you mean --color?'],
    ['--depht 3 r', 'unknown option --depht; did you mean --depth?'],
    ['--nothing-like-it r', 'unknown option --nothing-like-it; see --help'],
    ['--constructor r', 'unknown option --constructor; see --help'],
    ['--__proto__ r', 'unknown option --__proto__; see --help'],
    ['-x r', 'unknown option -x; see --help'],
    ['-fx r', 'unknown option -x; see --help'],
    ['r -b', '--biggest-allocs needs a value: --biggest-allocs N'],
    ['--path-map --json r', '--path-map needs a value: --path-map FROM=TO'],
  ])('%s', (line, message) => {
    expect(getUsageError(line)).toBe(message);
  });

  test('come with their dashes, however they look', () => {
    const property = fc.property(fc.stringMatching(/^--[A-Za-z_$0-9]{1,80}$/), name => {
      const command = parseCliOptions([name, 'r']);
      if (OPTION_ROWS.some(([known]) => `--${known}` === name)) return;
      expect(command).toMatchObject({
        kind: 'usage-error',
        message: expect.stringContaining(`option ${name};`),
      });
    });
    fc.assert(property, {seed: 7, numRuns: 300});
  });

  test('a file may be called true', () => {
    expect(parse('--leaks true')).toMatchObject({results: 'true', query: {select: {kind: 'leaks'}}});
    expect(parse('-- --leaks').results).toBe('--leaks');
  });
});

describe('commands of memray', () => {
  test.each([
    [
      'flamegraph results.bin',
      '"flamegraph" is a command of memray, not of memray-tree-ink; use "memray flamegraph results.bin", ' +
        'or "memray-tree-ink results.bin" for the tree (for a file of that name: ./flamegraph)',
    ],
    [
      'run --native -m app',
      '"run" is a command of memray, not of memray-tree-ink; use "memray run -o results.bin SCRIPT", ' +
        'then "memray-tree-ink results.bin" (for a file of that name: ./run)',
    ],
    [
      'live 9000',
      '"live" is a command of memray, not of memray-tree-ink; use "memray-tree-ink --live PORT" ' +
        '(for a file of that name: ./live)',
    ],
  ])('%s', (line, message) => {
    expect(getUsageError(line)).toBe(message);
  });

  test.each(['table', 'summary', 'stats', 'transform', 'parse', 'attach', 'detach'])('%s', name => {
    expect(getUsageError(`${name} r`)).toContain(`memray ${name} `);
  });

  test('words are quoted where a shell needs it', () => {
    const command = parseCliOptions(['table', "it's here.bin"]);
    expect(command).toMatchObject({message: expect.stringContaining(`"memray table 'it'\\''s here.bin'"`)});
  });

  test('files of such names can be read', () => {
    expect(parse('./table').results).toBe('./table');
    expect(parse('tree table').results).toBe('table');
    expect(parse('a.bin table').input).toMatchObject({paths: ['a.bin', 'table']});
  });
});

describe('captures that are compared', () => {
  const renames = {folders: [], functions: []};

  test.each<[string, CliOptions['results'], CliOptions['input']]>([
    ['--diff a b', 'b', {kind: 'runs', paths: ['b'], bases: ['a'], isMerged: false, renames}],
    ['b --diff a', 'b', {kind: 'runs', paths: ['b'], bases: ['a'], isMerged: false, renames}],
    [
      '--diff=a --diff b c d',
      '2 captures',
      {kind: 'runs', paths: ['c', 'd'], bases: ['a', 'b'], isMerged: false, renames},
    ],
    [
      '--diff a --merge b c',
      '2 captures',
      {kind: 'runs', paths: ['b', 'c'], bases: ['a'], isMerged: true, renames},
    ],
    [
      '--compare a b c',
      '3 captures',
      {kind: 'runs', paths: ['a', 'b', 'c'], bases: [], isMerged: false, renames},
    ],
    [
      '--diff a --map-function f=g --path-map /x=/y -- b',
      'b',
      {
        kind: 'runs',
        paths: ['b'],
        bases: ['a'],
        isMerged: false,
        renames: {folders: [{from: '/x', to: '/y'}], functions: [{from: 'f', to: 'g'}]},
      },
    ],
  ])('%s', (line, results, input) => {
    expect(parse(line)).toMatchObject({results, input});
  });

  test.each([
    ['--against b a', '--against needs --diff BASE'],
    ['--compare', 'no capture given to compare. Usage: memray-tree-ink --compare FILE FILE…'],
    ['--diff a', 'no capture given to compare. Usage: memray-tree-ink --diff BASE FILE'],
    ['--diff a --against b c', '--against names what is compared; "c" stands beside it'],
    ['--diff=- -', 'standard input (-) can be given only once'],
    [
      '--compare --merge a b',
      '--merge adds captures up, and --compare shows each; use it without --compare, or with --diff',
    ],
    ['--diff a --live 5000', '--diff and --live cannot be used together'],
  ])('%s', (line, message) => {
    expect(parseCliOptions(line.split(' '))).toEqual({kind: 'usage-error', message});
  });
});

test.each([
  ['--diff a b c', '--diff a b c'],
  ['--diff a b --against c d --text', '--diff a --diff b --against c --against d --text'],
  ['--text --against c - --diff a b', '--text --against c --against=- --diff a --diff b'],
  ['--diff - b', '--diff=- b'],
  ['x --diff a b --limit 5 y --against c', 'x --diff a --diff b --limit 5 y --against c'],
  ['--diff a --against b -- c d', '--diff a --against b -- c d'],
])('%s is spread to %s', (line, spread) => {
  expect(spreadRuns(line.split(' '))).toEqual(spread.split(' '));
});

// With a base the root has all that grew, so tree and gates agree.
test.each([
  ['--diff a b', true],
  ['--text --diff a b', true],
  ['--json --diff a b', false],
  ['--json --whole-peak --diff a b', true],
  ['--flat --csv --diff a b', false],
  ['--export html -o x.html --diff a b', false],
  ['--compare a b', false],
  ['--text a', false],
])('%s counts what is below the cut: %s', (line, wholePeak) => {
  expect(parse(line).wholePeak).toBe(wholePeak);
});

test('--timeline is printed, of one capture', () => {
  expect(parse('--timeline r')).toMatchObject({timeline: true, json: false, csv: false});
  expect(parse('--timeline --csv r').csv).toBe(true);
  expect(parse('--timeline tree r').timeline).toBe(true);
  for (const other of ['--export html', '--diff b', '--fail-above 1MB', '--merge']) {
    const [name] = other.split(' ');
    expect(getUsageError(`--timeline ${other} r`)).toBe(`--timeline and ${name} cannot be used together`);
  }
  expect(getUsageError('--timeline a b')).toContain('several captures');
  expect(getUsageError('--timeline tree a b')).toContain('several captures');
});

// They count all that was allocated, of an aggregated capture what is in it.
test('statistics have no limit', () => {
  const reason =
    '--fail-above limits what a view keeps, and statistics count what was freed, too; leave --stats out';
  for (const line of ['--stats --fail-above 1MB r', '--fail-above 1MB --view stats --leaks r']) {
    expect(getUsageError(line)).toBe(reason);
  }
  expect(getUsageError('--stats --fail-growth 1MB --diff b r')).toContain('statistics are those of one');
  expect(parse('--stats --fail-above 1MB --flat r').gates.failAbove).not.toBeNull();
});

// Each side has its own biggest locations, so a cut makes rows seem to be gone or new.
test.each([
  ['--diff a b', Infinity],
  ['--text --diff a b', Infinity],
  ['--inverted --diff a b', Infinity],
  ['--json --diff a b', null],
  ['--flat --csv --diff a b', null],
  ['--json --diff a b c', Infinity],
  ['--json --diff a --diff b c', Infinity],
  ['--json --merge --diff a b c', null],
  ['--diff a b -b 5', 5],
  ['--diff a b --view biggest:7', 7],
  ['--compare a b', null],
  ['--text a', null],
])('%s shows the biggest locations: %s', (line, biggest) => {
  expect(parse(line).query.biggest).toBe(biggest);
});

describe('what may be meant in another way is said', () => {
  const sides = 'b1 is the base of 2 captures; --against says where the other side begins';
  const percent = (number: number) =>
    `--fail-growth ${number} is a limit in bytes; ${number} % is written ${number}%`;
  test.each([
    ['--diff b1 n1 n2', [sides]],
    ['--merge --diff b1 n1 n2', [sides]],
    ['--diff b1 n1', []],
    ['--diff b1 --against n1 --against n2', []],
    ['--diff b1 --diff b2 n1 n2', []],
    ['--fail-growth 5 --diff b1 n1', [percent(5)]],
    ['--fail-growth +999 --diff b1 n1', [percent(999)]],
    ['--fail-growth 1000 --diff b1 n1', []],
    ['--fail-growth 0 --diff b1 n1', []],
    ['--fail-growth 5B --diff b1 n1', []],
    ['--fail-growth 5% --diff b1 n1', []],
    ['--fail-above 50 n1', ['--fail-above 50 is a limit in bytes; 50 megabytes are written 50MB']],
  ])('%s', (line, notes) => {
    expect(parse(line).notes).toEqual(notes);
  });
});

describe('an option without effect on what is printed', () => {
  const onExports = (name: string) =>
    `${name}: has no effect on exports, which have all locations, or the largest ones by -b N`;
  const hidesNothing = (name: string) => `${name}: has no effect on exports, which always hold all frames`;
  test.each([
    ['--export csv --whole-peak -b 3', [onExports('--whole-peak')]],
    ['--export html --depth 3 --limit 2', [onExports('--depth'), onExports('--limit')]],
    ['--export csv --diff b --whole-peak', [onExports('--whole-peak')]],
    ['--export csv --diff b', []],
    ['--export folded --hide-import-system', [hidesNothing('--hide-import-system')]],
    ['--export folded --show-uninteresting', [hidesNothing('--show-uninteresting')]],
    ['--export folded --whole-peak=false -b 3 --sort own', []],
    ['--csv --flat --whole-peak --limit 3', []],
    ['--csv --flat --depth 3', ['--depth: has no effect on tables']],
    ['--text --places --depth 3', ['--depth: has no effect on tables']],
    ['--json --flat --depth 0', []],
    [
      '--csv --flat --show-uninteresting',
      ['--show-uninteresting: has no effect on --csv, which always holds all rows'],
    ],
    ['--stats --depth 3 --limit 2', ['--depth: has no effect on statistics']],
    ['--depth 3 --limit 3 --whole-peak', []],
  ])('%s', (line, notes) => {
    expect(parse(`${line} r`).unused).toEqual(notes);
  });
});

describe('an option that selects in vain', () => {
  const count = 'and the last selection counts';
  test.each([
    ['--leaks --view grown:50%..100%', [`--leaks has no effect: --view selects grown:50%..100%, ${count}`]],
    ['--leaks --view peak', [`--leaks has no effect: --view selects peak, ${count}`]],
    [
      '--temporary-allocations --view leaks',
      [`--temporary-allocations has no effect: --view selects leaks, ${count}`],
    ],
    ['--leaks --view leaks', []],
    ['--leaks --view inverted', []],
    ['--leaks=false --view peak', []],
    ['--view peak --leaks', []],
    ['--temporary-allocation-threshold -1 --leaks', []],
    ['--temporary-allocation-threshold 5 --view temporary:5', []],
  ])('%s', (line, notes) => {
    expect(parse(`${line} r`).overridden).toEqual(notes);
  });
});
