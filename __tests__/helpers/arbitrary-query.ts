import fc from 'fast-check';
import type {Pattern, Term} from '../../src/query/grammar/term.js';
import {createNaming, type Naming} from '../../src/query/naming.js';
import type {Step} from '../../src/query/steps/steps.js';
import {
  DIFF_MODES,
  LEVELS,
  type Level,
  type Shape,
  SORT_KEYS,
  type TreeQuery,
} from '../../src/query/tree-query.js';
import type {ReferenceBlock, ReferenceFrame, ReferenceLocation} from './reference-query.js';
import {buildReferenceSnapshot} from './reference-snapshot.js';

const FUNCTIONS = [
  ...['main', 'load', 'Load', 'load_all', '<module>', '<listcomp>', '_load', 'recurse', 'über', 'ÜBER'],
  ...['a b', 'a,b', 'say"hi"', "it's", 'back\\slash', 'x@y', 'a>b', 'c:9', '=eq', 're:x', 'fn:x'],
];

const FILES = [
  ...['/app/orders.py', '/app/shop/cart.py', '/app/shop/__init__.py', 'orders.py', '/tmp/Elsewhere.PY'],
  ...['/usr/lib/python3.11/json/decoder.py', '/usr/lib/python3.11/runpy.py', '<frozen runpy>'],
  ...['/usr/lib/python3.11/site-packages/numpy/core.py', '/site/pandas/io/csv.py', '/site/pandas/api.py'],
  ...['<frozen importlib._bootstrap>', '<frozen importlib._bootstrap_external>', '<string>'],
  ...['/tmp/My Dir/a,b.py', '/tmp/x@y:1>z.py', '/tmp/say"hi".py', "/tmp/it's.py", 'C:\\app\\x.py'],
  ...['', '<unknown>', '=eq.py', 're:x.py', 'mod:x.py'],
];

/** Native frames never share function, file and line with a Python frame here. */
const NATIVE_FRAMES: readonly ReferenceFrame[] = [
  {function: '_PyEval_EvalFrameDefault', file: 'Python/ceval.c', line: 9, image: '/usr/bin/python3'},
  {function: 'import_name', file: 'Python/ceval.c', line: 7, image: '/usr/bin/python3'},
  {function: 'gemm', file: 'kernel.c', line: 3, image: '/site/numpy/core.so'},
  {function: 'gemm', file: 'kernel.c', line: 3, image: '/site/Other Libs/blas.so'},
  {function: 'gemm', file: 'kernel.c', line: 4, image: '/site/numpy/core.so'},
  {function: 'malloc', file: '', line: 0, image: '/lib/libc.so.6'},
];

const THREADS = ['0x1', '0x2 (worker)', '0x3 (Worker)', '0x4 (it\'s, "mine")', '0x5 (worker)'];

/** Those that are charged, or are not. */
export const MODULES = [
  'orders',
  'shop',
  'numpy',
  'pandas',
  'Elsewhere',
  'unknown',
  '<root>',
  '<string>',
  'a,b',
  'json',
];

/** Of which script and search path the snapshots are. */
const CAPTURE = {
  commandLine: 'python orders.py',
  libdest: '/usr/lib/python3.11',
  sysPath: ['/app', '/site', '/usr/lib/python3.11', '/usr/lib/python3.11/site-packages'],
  sitePackages: ['/usr/lib/python3.11/site-packages', '/site'],
};

export interface Case {
  /** Biggest first, equals in memray's order. */
  readonly locations: readonly ReferenceLocation[];
  readonly query: TreeQuery;
}

/** The snapshot of locations, and how its files are named. */
export function openLocations(locations: readonly ReferenceLocation[]) {
  const snapshot = buildReferenceSnapshot(locations, CAPTURE);
  return {snapshot, naming: createNaming(snapshot)};
}

/** The same as a load that was asked for the biggest ones alone. */
export function openPartly(locations: readonly ReferenceLocation[], biggestAllocs: number) {
  const rest = locations.slice(biggestAllocs);
  const elided = {
    locations: rest.length,
    allocations: rest.reduce((sum, location) => sum + location.allocations, 0),
    bytes: rest.reduce((sum, location) => sum + location.bytes, 0),
  };
  const {snapshot, naming} = openLocations(locations.slice(0, biggestAllocs));
  return {snapshot: {...snapshot, elided}, naming};
}

/** Locations of few frames, so that much of them merges and recurs, and a query about them. */
export function arbitraryCase(): fc.Arbitrary<Case> {
  return arbitraryLocations().chain(locations =>
    arbitraryQuery(locations).map(query => ({locations, query})),
  );
}

export function arbitraryLocations(): fc.Arbitrary<ReferenceLocation[]> {
  return arbitraryPalette().chain(palette => {
    const location = fc.record({
      stack: arbitraryStack(palette),
      blocks: fc.array(arbitraryBlock(), {minLength: 1, maxLength: 3}),
      thread: fc.constantFrom(...THREADS),
    });
    // Sorting is stable: equals stay in memray's order.
    const some = fc.array(location, {minLength: 4, maxLength: 14});
    return fc.oneof({weight: 4, arbitrary: some}, fc.array(location, {maxLength: 3})).map(all =>
      all
        .map(each => ({...each, ...sumBlocks(each.blocks)}))
        .sort((a, b) => b.bytes - a.bytes)
        .map((each, index) => ({...each, index})),
    );
  });
}

const BLOCK_SIZES = [
  fc.integer({min: 0, max: 4}),
  fc.integer({min: 0, max: 2_000_000_000}),
  // A small-object pool.
  fc.constant(2 ** 20),
] as const;

function arbitraryBlock(): fc.Arbitrary<ReferenceBlock> {
  return fc.record({
    allocator: fc.constantFrom('malloc', 'mmap', 'pymalloc_malloc'),
    size: fc.oneof(...BLOCK_SIZES),
    count: fc.constantFrom(1, 1, 2),
  });
}

function sumBlocks(blocks: readonly ReferenceBlock[]) {
  return {
    bytes: blocks.reduce((sum, {size, count}) => sum + size * count, 0),
    allocations: blocks.reduce((sum, {count}) => sum + count, 0),
  };
}

/** A few frames, of which some are native, and often those that differ in their libraries alone. */
function arbitraryPalette(): fc.Arbitrary<ReferenceFrame[]> {
  const python = fc.record({
    function: fc.constantFrom(...FUNCTIONS),
    file: fc.constantFrom(...FILES),
    line: fc.integer({min: 1, max: 2}),
  });
  const frames = fc.uniqueArray(python, {minLength: 2, maxLength: 6, selector: toKey});
  const native = fc.subarray([...NATIVE_FRAMES], {maxLength: 4});
  return fc.oneof(
    {weight: 3, arbitrary: frames},
    fc.tuple(frames, native).map(([some, others]) => [...some.slice(0, 3), ...others]),
  );
}

/** Many begin with the same frames, as real ones do. */
function arbitraryStack(palette: readonly ReferenceFrame[]): fc.Arbitrary<ReferenceFrame[]> {
  const inner = fc.array(fc.constantFrom(...palette), {maxLength: 6});
  return fc
    .tuple(fc.integer({min: -2, max: 3}), inner)
    .map(([shared, frames]) => [...palette.slice(0, Math.max(shared, 0)), ...frames]);
}

function toKey(frame: ReferenceFrame): string {
  return JSON.stringify(frame);
}

/** A query whose words mostly occur in these locations. */
export function arbitraryQuery(locations: readonly ReferenceLocation[]): fc.Arbitrary<TreeQuery> {
  const {naming} = openLocations(locations);
  const term = arbitraryTerm(locations, naming);
  return fc.constantFrom(...LEVELS).chain(by =>
    fc.record({
      select: fc.constantFrom<TreeQuery['select'][]>(
        {kind: 'peak'},
        {kind: 'leaks'},
        {kind: 'temporary', threshold: 1},
        {kind: 'temporary', threshold: 20},
        {kind: 'moment', at: {kind: 'time', ms: 1234.567}},
        {kind: 'range', of: 'grown', from: {kind: 'share', percent: 0.5}, to: {kind: 'record', record: 7}},
        {kind: 'range', of: 'peak', from: {kind: 'allocations', count: 0}, to: {kind: 'share', percent: 100}},
      ),
      steps: arbitrarySteps(locations, by, naming, term),
      by: fc.constant<Level>(by),
      shape: arbitraryShape(term),
      sort: fc.constantFrom(...SORT_KEYS),
      isReversed: fc.boolean(),
      diff: fc.constantFrom(...DIFF_MODES),
      // Not of the reference.
      isNormalized: fc.constant(false),
      biggest: fc.oneof(fc.constantFrom(null, Infinity), fc.integer({min: 0, max: 14})),
    }),
  );
}

function arbitraryShape(term: fc.Arbitrary<Term>): fc.Arbitrary<Shape> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom<Shape[]>(
        {kind: 'tree'},
        {kind: 'inverted'},
        {kind: 'flat'},
        {kind: 'places'},
      ),
    },
    fc.record({kind: fc.constantFrom('callers' as const, 'callees' as const), term}),
    term.map(({field, patterns}): Shape => {
      // A term without a field is about files here.
      return {kind: 'lines', term: {field: field === 'any' ? 'file' : field, patterns}};
    }),
    fc.constant<Shape>({kind: 'imports'}),
  );
}

/** Up to five steps, few of which take stacks away: else little would be left. */
function arbitrarySteps(
  locations: readonly ReferenceLocation[],
  by: Level,
  naming: Naming,
  term: fc.Arbitrary<Term>,
): fc.Arbitrary<Step[]> {
  const anyStep = arbitraryStep(locations, by, naming, term);
  const mayRemove = new Set<string>([
    'through',
    'drop',
    'root',
    'zoom',
    'thread',
    'module',
    'alloc',
    'size',
    'hide:pools',
  ]);
  return fc.oneof(
    fc.array(anyStep, {maxLength: 2}),
    fc
      .array(anyStep, {maxLength: 14})
      .map(steps => steps.filter((step, at) => !mayRemove.has(step.kind) || at === 1).slice(0, 5)),
  );
}

function arbitraryStep(
  locations: readonly ReferenceLocation[],
  by: Level,
  naming: Naming,
  term: fc.Arbitrary<Term>,
): fc.Arbitrary<Step> {
  const frames = locations.flatMap(location => location.stack);
  const packages = ['absent', ...frames.map(frame => naming.packageOf(frame.file))];
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          ...(['through', 'drop', 'root', 'merge', 'collapse', 'ignore'] as const satisfies Step['kind'][]),
        ),
        term,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Step[]>(
        {kind: 'recursion'},
        {kind: 'hide:imports'},
        {kind: 'hide:uninteresting'},
        {kind: 'imports:merge'},
        {kind: 'native:merge'},
      ),
    },
    fc.record({kind: fc.constant('thread' as const), patterns: arbitraryPatterns(THREADS)}),
    fc.record({kind: fc.constant('module' as const), patterns: arbitraryPatterns(MODULES)}),
    fc.record({kind: fc.constant('package' as const), name: fc.constantFrom(...packages)}),
    arbitraryZoom(locations, by, naming),
    {weight: 2, arbitrary: arbitraryBlockStep()},
  );
}

function arbitraryBlockStep(): fc.Arbitrary<Step> {
  const end = fc.option(fc.oneof(...BLOCK_SIZES));
  return fc.oneof(
    fc.record({
      kind: fc.constant('alloc' as const),
      names: fc.subarray(['malloc', 'mmap', 'pymalloc_malloc', 'calloc'], {minLength: 1}),
    }),
    fc.constant<Step>({kind: 'hide:pools'}),
    fc.tuple(end, end).map(([a, b]): Step => {
      const isTurned = a !== null && b !== null && a > b;
      return {kind: 'size', from: isTurned ? b : a === null && b === null ? 0 : a, to: isTurned ? a : b};
    }),
  );
}

/** The path of a node as the level writes it, or of its frames. */
function arbitraryZoom(
  locations: readonly ReferenceLocation[],
  by: Level,
  naming: Naming,
): fc.Arbitrary<Step> {
  const stacks = locations.map(({stack}) => stack).filter(stack => stack.length > 0);
  const absent = [{function: 'absent', file: 'absent.py', line: 1}];
  return fc
    .tuple(fc.constantFrom(...stacks, absent), fc.integer({min: 1, max: 4}), fc.boolean())
    .map(([stack, depth, isOfLevel]) => {
      const frames = isOfLevel ? nameFrames(stack, by, naming) : stack;
      const path = frames
        .slice(0, depth)
        .map(({function: name, file, line}) => ({function: name, file, line}));
      return {kind: 'zoom', path};
    });
}

function nameFrames(stack: readonly ReferenceFrame[], by: Level, naming: Naming): readonly ReferenceFrame[] {
  if (by === 'line') return stack;
  if (by === 'function') return stack.map(frame => ({...frame, line: 0}));
  const nameOf = {
    file: (file: string) => file,
    module: naming.moduleOf,
    package: naming.packageOf,
  }[by];
  const names = stack.map(frame => nameOf(frame.file));
  return names
    .filter((name, at) => name !== names[at - 1])
    .map(name => ({function: '', file: name, line: 0}));
}

export function arbitraryTerm(locations: readonly ReferenceLocation[], naming: Naming): fc.Arbitrary<Term> {
  const frames = locations.flatMap(location => location.stack);
  const names = frames.flatMap(({function: name, file, image = ''}) => [
    ...[name, file, naming.moduleOf(file), naming.packageOf(file), image],
  ]);
  const patterns = arbitraryPatterns(names.length > 0 ? names : ['absent']);
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        field: fc.constantFrom<Term['field'][]>('any', 'any', 'fn', 'file', 'mod', 'pkg'),
        patterns,
      }),
    },
    fc.record({field: fc.constant('fn' as const), patterns: arbitraryFunctions(frames, patterns)}),
  );
}

/** Functions with their files, as they are or with those of other functions, and other patterns beside them. */
function arbitraryFunctions(
  frames: readonly ReferenceFrame[],
  others: fc.Arbitrary<Pattern[]>,
): fc.Arbitrary<Pattern[]> {
  const absent = {function: 'absent', file: 'absent.py'};
  const frame = fc.constantFrom(...(frames.length > 0 ? frames : [absent]));
  const own = frame.map((one): Pattern => ({kind: 'whole', text: one.function, file: one.file}));
  const mixed = fc
    .tuple(frame, frame)
    .map(([one, other]): Pattern => ({kind: 'whole', text: one.function, file: other.file}));
  const pattern = fc.oneof({weight: 3, arbitrary: own}, mixed);
  return fc.oneof(
    fc.array(pattern, {minLength: 1, maxLength: 2}),
    fc.tuple(pattern, others).map(([first, rest]) => [first, ...rest]),
  );
}

/** Patterns that match some of these names, and a few that match none. */
export function arbitraryPatterns(names: readonly string[]): fc.Arbitrary<Pattern[]> {
  const part = fc.tuple(fc.constantFrom(...names), fc.nat(), fc.nat()).map(([name, from, length]) => {
    const start = from % (name.length + 1);
    return name.slice(start, start + 1 + (length % 6));
  });
  const whole = fc.constantFrom(...names);
  const changeCase = fc.constantFrom<((text: string) => string)[]>(
    text => text,
    text => text,
    text => text.toLowerCase(),
    text => text.toUpperCase(),
  );
  const pattern = fc
    .tuple(fc.constantFrom<Pattern['kind'][]>('part', 'whole', 'regex'), part, whole, changeCase, fc.nat(3))
    .map(([kind, someText, name, change, variant]): Pattern => {
      if (kind === 'whole') return {kind, text: change(name)};
      // A text has at least one character.
      const text = change(someText) || 'o';
      return kind === 'part' ? {kind, text} : {kind, text: toRegex(text, variant)};
    });
  return fc.array(pattern, {minLength: 1, maxLength: 2});
}

function toRegex(text: string, variant: number): string {
  const quoted = text.replaceAll(/[\\^$.*+?()[\]{}|]/g, found => `\\${found}`);
  return [quoted, `^${quoted}`, `${quoted}$`, `(${quoted}|^m.*n$)`][variant]!;
}
