import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {formatQuery, listWrittenSteps} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {QueryError} from '../../../src/query/grammar/word.js';
import {DEFAULT_QUERY, type TreeQuery} from '../../../src/query/tree-query.js';
import {arbitraryCase} from '../../helpers/arbitrary-query.js';

function expectQuery(written: string, changes: Partial<TreeQuery>): void {
  expect(parseQuery(written)).toEqual({...DEFAULT_QUERY, ...changes});
}

/** The term of `through:TERM`. */
function parseTerm(written: string) {
  const [step] = parseQuery(`through:${written}`).steps;
  return (step as {term: unknown}).term;
}

const part = (text: string) => ({kind: 'part', text});
const whole = (text: string) => ({kind: 'whole', text});
const inFile = (text: string, file: string) => ({kind: 'whole', text, file});
const regex = (text: string) => ({kind: 'regex', text});

describe('the written form of a query', () => {
  it('is read back as the same query', () => {
    fc.assert(
      fc.property(arbitraryCase(), ({query}) => {
        expect(parseQuery(formatQuery(query))).toEqual(query);
        expect(parseQuery(listWrittenSteps(query).join(' '))).toEqual(query);
      }),
      {seed: 4, numRuns: 1000},
    );
  });

  it('is read back whatever a text holds', () => {
    const text = fc.string({unit: 'binary', minLength: 1});
    const sign = fc.constantFrom(...' \t\n"\'\\,=:>@#re:fn:mod:\u00a0\u2028');
    const names = fc.oneof(
      text,
      fc.array(sign, {minLength: 1, maxLength: 8}).map(signs => signs.join('')),
    );
    fc.assert(
      fc.property(names, names, fc.constantFrom('any', 'fn', 'pkg'), (a, b, field) => {
        const patterns = [part(a), whole(b), part(b)] as const;
        const query = {
          ...DEFAULT_QUERY,
          steps: [
            {kind: 'through', term: {field, patterns}},
            {kind: 'drop', term: {field: 'fn', patterns: [inFile(a, b), whole(a), inFile(b, '')]}},
            {kind: 'thread', patterns},
            {kind: 'package', name: a},
            {
              kind: 'zoom',
              path: [
                {function: a, file: b, line: 1},
                {function: b, file: a, line: 0},
              ],
            },
          ],
        } as TreeQuery;
        expect(parseQuery(formatQuery(query))).toEqual(query);
      }),
      {seed: 5, numRuns: 1000},
    );
  });

  it('leaves out what is the default', () => {
    expect(formatQuery(DEFAULT_QUERY)).toBe('');
    expect(formatQuery(parseQuery('peak by:line tree sort:total'))).toBe('');
  });

  it('has the steps in their order, and one word for each', () => {
    const written = 'reverse merge:fn:a by:file through:"my module" leaks inverted';
    expect(listWrittenSteps(parseQuery(written))).toEqual([
      ...['leaks', 'merge:fn:a', 'through:my\\ module', 'by:file', 'inverted', 'reverse'],
    ]);
  });
});

describe('parseQuery', () => {
  it('reads each step of the contract', () => {
    const term = {field: 'fn', patterns: [part('load')]};
    for (const kind of ['through', 'drop', 'root', 'merge', 'collapse'] as const) {
      expectQuery(`${kind}:fn:load`, {steps: [{kind, term}] as TreeQuery['steps']});
    }
    for (const kind of ['recursion', 'hide:imports', 'hide:uninteresting', 'native:merge'] as const) {
      expectQuery(kind, {steps: [{kind}]});
    }
    expectQuery('thread:worker', {steps: [{kind: 'thread', patterns: [{kind: 'part', text: 'worker'}]}]});
    expectQuery('alloc:malloc,MMAP', {steps: [{kind: 'alloc', names: ['malloc', 'mmap']}]});
    expectQuery('size:1kB..2.5MB', {steps: [{kind: 'size', from: 1000, to: 2_500_000}]});
    expectQuery('size:12..12B', {steps: [{kind: 'size', from: 12, to: 12}]});
    expectQuery('size:1.234TB..', {steps: [{kind: 'size', from: 1_234_000_000_000, to: null}]});
    expectQuery('size:..0', {steps: [{kind: 'size', from: null, to: 0}]});
    expectQuery('package:numpy', {steps: [{kind: 'package', name: 'numpy'}]});
    expectQuery('package:<stdlib>', {steps: [{kind: 'package', name: '<stdlib>'}]});
  });

  it('reads each slot of the contract, the last word for a slot last', () => {
    expectQuery('peak', {});
    expectQuery('leaks', {select: {kind: 'leaks'}});
    expectQuery('temporary:7', {select: {kind: 'temporary', threshold: 7}});
    expectQuery('at:12.3s', {select: {kind: 'moment', at: {kind: 'time', ms: 12_300}}});
    expectQuery('at:0.000001s', {select: {kind: 'moment', at: {kind: 'time', ms: 0.001}}});
    expectQuery('at:50%', {select: {kind: 'moment', at: {kind: 'share', percent: 50}}});
    expectQuery('at:33.333333%', {select: {kind: 'moment', at: {kind: 'share', percent: 33.333333}}});
    expectQuery('at:#17', {select: {kind: 'moment', at: {kind: 'record', record: 17}}});
    expectQuery('leaks at:@12345', {select: {kind: 'moment', at: {kind: 'allocations', count: 12_345}}});
    expectQuery('peak:#5..#20', {
      select: {
        kind: 'range',
        of: 'peak',
        from: {kind: 'record', record: 5},
        to: {kind: 'record', record: 20},
      },
    });
    expectQuery('grown:1.5s..100%', {
      select: {kind: 'range', of: 'grown', from: {kind: 'time', ms: 1500}, to: {kind: 'share', percent: 100}},
    });
    expectQuery('grown:100%..#1', {
      select: {
        kind: 'range',
        of: 'grown',
        from: {kind: 'share', percent: 100},
        to: {kind: 'record', record: 1},
      },
    });
    expectQuery('gen:0%,2s,100%', {
      select: {
        kind: 'generations',
        marks: [
          {kind: 'share', percent: 0},
          {kind: 'time', ms: 2000},
          {kind: 'share', percent: 100},
        ],
      },
    });
    expectQuery('by:module', {by: 'module'});
    expectQuery('by:module by:package', {by: 'package'});
    expectQuery('inverted', {shape: {kind: 'inverted'}});
    expectQuery('inverted flat', {shape: {kind: 'flat'}});
    expectQuery('flat tree', {});
    expectQuery('places', {shape: {kind: 'places'}});
    expectQuery('places stats', {shape: {kind: 'stats'}});
    expectQuery('callers:load', {
      shape: {kind: 'callers', term: {field: 'any', patterns: [{kind: 'part', text: 'load'}]}},
    });
    expectQuery('sort:own sort:mean', {sort: 'mean'});
    expectQuery('reverse sort:name', {sort: 'name', isReversed: true});
    expectQuery('biggest:5 all', {biggest: Infinity});
    expectQuery('all biggest:0', {biggest: 0});
  });

  it('adds to a query, whose slots it replaces', () => {
    const base = parseQuery('leaks merge:a by:file');
    expect(parseQuery('peak merge:b', base)).toEqual(parseQuery('merge:a merge:b by:file'));
  });

  it('reads the example of the contract', () => {
    expectQuery('through:mod:numpy root:fn:=load by:function inverted sort:own', {
      steps: [
        {kind: 'through', term: {field: 'mod', patterns: [{kind: 'part', text: 'numpy'}]}},
        {kind: 'root', term: {field: 'fn', patterns: [{kind: 'whole', text: 'load'}]}},
      ],
      by: 'function',
      shape: {kind: 'inverted'},
      sort: 'own',
    });
  });
});

describe('alloc', () => {
  it('of an unknown allocator lists those that there are', () => {
    expect(() => parseQuery('alloc:brk')).toThrow(
      '"brk" is no allocator: one of pymalloc_malloc, pymalloc_calloc, pymalloc_realloc, malloc, realloc, calloc, ' +
        'posix_memalign, aligned_alloc, memalign, valloc, pvalloc, mmap',
    );
  });
});

describe('size', () => {
  it.each([
    ['size:1000000..', 'size:1MB..'],
    ['size:..1500B', 'size:..1500'],
    ['size:0..2GB', 'size:0..2GB'],
  ])('%s is written as %s', (given, written) => {
    expect(formatQuery(parseQuery(given))).toBe(written);
  });
});

describe('a term', () => {
  it.each([
    ['load', 'any', [part('load')]],
    ['=load', 'any', [whole('load')]],
    ['re:^load$', 'any', [regex('^load$')]],
    ['fn:load', 'fn', [part('load')]],
    ['file:load', 'file', [part('load')]],
    ['mod:load', 'mod', [part('load')]],
    ['pkg:load', 'pkg', [part('load')]],
    // A field before commas holds for all of them; `=` and `re:` for their own text only.
    ['fn:a,b', 'fn', [part('a'), part('b')]],
    ['fn:=a,b,re:c', 'fn', [whole('a'), part('b'), regex('c')]],
    ['a,fn:b', 'any', [part('a'), part('fn:b')]],
    // Quotes may stand anywhere, and only hold blanks.
    ['mod:="<frozen runpy>"', 'mod', [whole('<frozen runpy>')]],
    ['"mod:=<frozen runpy>"', 'mod', [whole('<frozen runpy>')]],
    ["fn:'a b','c d'", 'fn', [part('a b'), part('c d')]],
    ['fn:"a,b"', 'fn', [part('a'), part('b')]],
    ['"=a"', 'any', [whole('a')]],
    ['"re:a b"', 'any', [regex('a b')]],
    ['fn:"it\'s"', 'fn', [part("it's")]],
    // A backslash makes the next character literal.
    ['fn:a\\,b', 'fn', [part('a,b')]],
    ['fn:\\=a', 'fn', [part('=a')]],
    ['\\re:a', 'any', [part('re:a')]],
    ['\\fn:a', 'any', [part('fn:a')]],
    ['a\\ b', 'any', [part('a b')]],
    ['C:\\\\app', 'any', [part('C:\\app')]],
    ['\\"a\\"', 'any', [part('"a"')]],
    ['"say \\"hi\\""', 'any', [part('say "hi"')]],
    ['re:a\\.b', 'any', [regex('a\\.b')]],
    ['fn:re:x\\,y', 'fn', [regex('x,y')]],
    // A comma in brackets belongs to a regular expression.
    ['re:od{1,2}', 'any', [regex('od{1,2}')]],
    ['re:od{1,}x,b', 'any', [regex('od{1,}x'), part('b')]],
    ['re:od{1\\,2}', 'any', [regex('od{1,2}')]],
    ['fn:re:^(a,b|c(d,e)),re:[,^)]x,=y', 'fn', [regex('^(a,b|c(d,e))'), regex('[,^)]x'), whole('y')]],
    ['re:[]a,b],re:[^],],c', 'any', [regex('[]a,b]'), regex('[^],]'), part('c')]],
    ['re:[[:alpha:],],b', 'any', [regex('[[:alpha:],]'), part('b')]],
    // Those that are only characters are no brackets.
    ['re:\\(a,b', 'any', [regex('\\(a'), part('b')]],
    ['re:\\[a,b', 'any', [regex('\\[a'), part('b')]],
    ['re:[\\],],b', 'any', [regex('[\\],]'), part('b')]],
    ['re:\\Q(\\E,b', 'any', [regex('\\Q(\\E'), part('b')]],
    ['re:a{,2},re:{x,3}', 'any', [regex('a{'), part('2}'), regex('{x'), part('3}')]],
    ['(a,b)', 'any', [part('(a'), part('b)')]],
    ['pkg:=', 'pkg', [whole('')]],
    ['c:9', 'any', [part('c:9')]],
    // The whole name of a function may be followed by that of its file.
    ['fn:=load@/app/data.py', 'fn', [inFile('load', '/app/data.py')]],
    [
      'fn:=load@/a.py,=<lambda>@/b.py,c',
      'fn',
      [inFile('load', '/a.py'), inFile('<lambda>', '/b.py'), part('c')],
    ],
    ['fn:=load@', 'fn', [inFile('load', '')]],
    ['fn:=@/a.py', 'fn', [inFile('', '/a.py')]],
    ['fn:=a\\@b@c@d', 'fn', [inFile('a@b', 'c@d')]],
    ['fn:=memcpy\\@plt', 'fn', [whole('memcpy@plt')]],
    ['fn:"=a b@/My Dir/a.py"', 'fn', [inFile('a b', '/My Dir/a.py')]],
    ['fn:load@x', 'fn', [part('load@x')]],
    ['fn:re:a@b', 'fn', [regex('a@b')]],
    ['=load@x', 'any', [whole('load@x')]],
    ['file:=a@b', 'file', [whole('a@b')]],
  ])('%s', (written, field, patterns) => {
    expect(parseTerm(written)).toEqual({field, patterns});
  });
});

describe('zoom:PATH', () => {
  it.each([
    ['main@app.py:3', [['main', 'app.py', 3]]],
    [
      'main@app.py:3>load@data.py:10',
      [
        ['main', 'app.py', 3],
        ['load', 'data.py', 10],
      ],
    ],
    // A ">" separates only after function@file:line, and a literal one never does.
    [
      '<module>@app.py:3><lambda>@<string>:1',
      [
        ['<module>', 'app.py', 3],
        ['<lambda>', '<string>', 1],
      ],
    ],
    ['a>b@x>y.py:3', [['a>b', 'x>y.py', 3]]],
    ['a@x:1\\>2@y:3', [['a', 'x:1>2@y', 3]]],
    ['a@x:1:2', [['a', 'x:1', 2]]],
    ['a\\@b@c@d:1', [['a@b', 'c@d', 1]]],
    ['@numpy:0', [['', 'numpy', 0]]],
    ['f@:0', [['f', '', 0]]],
    ['"f@/My Dir/a.py:1"', [['f', '/My Dir/a.py', 1]]],
  ] as const)('%s', (written, path) => {
    expect(parseQuery(`zoom:${written}`).steps).toEqual([
      {kind: 'zoom', path: path.map(([name, file, line]) => ({function: name, file, line}))},
    ]);
  });
});

describe('what cannot be read', () => {
  it.each([
    'frobnicate',
    'through',
    'through:',
    'through:fn:',
    'through:a,',
    'through:,a',
    'through:re:',
    'drop:a,,b',
    'thread:',
    'root:',
    'merge:',
    'collapse:',
    'package:',
    'zoom:',
    'zoom:main',
    'zoom:main@app.py',
    'zoom:main@app.py:x',
    'zoom:main@app.py:1>',
    'zoom:main@app.py:1>load',
    'alloc',
    'alloc:',
    'alloc:heap',
    'alloc:free',
    'alloc:munmap',
    'alloc:malloc,',
    'size',
    'size:',
    'size:..',
    'size:1MB',
    'size:1MB..2XB',
    'size:-1..',
    'size:0.5..',
    'size:1.0005kB..',
    'size:2kB..1kB',
    'size:1..2..3',
    'places:a',
    'stats:a',
    'recursion:',
    'recursion:a',
    'hide',
    'hide:all',
    'by',
    'by:',
    'by:thread',
    'sort:size',
    'tree:a',
    'flat:a',
    'callers',
    'callers:',
    'callees:fn:',
    'temporary',
    'temporary:',
    'temporary:-1',
    'temporary:x',
    'at',
    'at:',
    'at:soon',
    'at:12',
    'at:-1s',
    'at:1e3s',
    'at:#-1',
    'at:#1.5',
    'at:@',
    'at:101%',
    'at:#99999999999999999999',
    'peak:#1',
    'peak:#2..#1',
    'peak:..#1',
    'peak:#1..',
    'grown',
    'grown:50%..20%',
    'gen:0%',
    'gen:50%,20%',
    'gen:0%,,100%',
    'biggest:',
    'biggest:1.5',
    'biggest:ten',
    'peak:',
    'Inverted',
    'reverse:a',
    '"',
    "'fn:a",
    'through:"a b',
    '\\leaks',
  ])('%s: the error points at the word', bad => {
    let error: unknown;
    try {
      parseQuery(`leaks  merge:"a b" ${bad}`);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(QueryError);
    expect((error as QueryError).position).toBe('leaks  merge:"a b" '.length);
    expect((error as QueryError).message).not.toBe('');
  });
});

describe('what is no step', () => {
  it.each([
    ['throgh:json', '"throgh:json" is not a step; did you mean through:json?'],
    ['throgh:mod:a,b', '"throgh:mod:a,b" is not a step; did you mean through:mod:a,b?'],
    ['invertd', '"invertd" is not a step; did you mean inverted?'],
    ['srt:own', '"srt:own" is not a step; did you mean sort:own?'],
    ['gne:0,50', '"gne:0,50" is not a step; did you mean gen:A,B,…?'],
    // What it means would have to be quoted.
    ['"throgh:a b"', '"throgh:a b" is not a step; did you mean through:TERM?'],
    ['fn:json', '"fn:json" is a term, which needs a step, such as through:fn:json'],
    ['re:^json', '"re:^json" is a term, which needs a step, such as through:re:^json'],
    ['nonsense:json', '"nonsense:json" is not a step'],
    ['json', '"json" is not a step'],
  ])('%s', (written, message) => {
    expect(() => parseQuery(written)).toThrow(new QueryError(message, 0));
  });
});
