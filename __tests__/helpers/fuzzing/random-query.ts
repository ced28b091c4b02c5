import type {Random} from './random.js';

/** Names of the random captures and of the fixtures, parts of them, and what is no name. */
const TERMS = [
  ...[
    'f',
    'main',
    'x',
    '=main',
    'fn:main',
    'fn:=main@app.py',
    'fn:=@',
    'file:app',
    'mod:app',
    'pkg:<stdlib>',
    're:^m',
    're:(f|g)+$',
  ],
  ...[
    'a,b',
    '""',
    '"a b"',
    '=',
    'fn:',
    're:(',
    're:a{99999}',
    're:(a,b){1,2},f',
    're:[,',
    '\\',
    '"',
    '名前',
    '__proto__',
    '[/nope]',
    '\u202e',
  ],
  ...['_run_tracker', 'runpy', '<module>', 'importlib', 'ceval', '*', '%', ':', '@', '>'],
];

const WORDS = [
  ...[
    'peak',
    'leaks',
    'tree',
    'inverted',
    'flat',
    'imports',
    'places',
    'stats',
    'recursion',
    'reverse',
    'all',
  ],
  ...['by:line', 'by:function', 'by:file', 'by:module', 'by:package', 'sort:own', 'sort:count', 'sort:mean'],
  ...['sort:name', 'hide:pools', 'hide:imports', 'hide:uninteresting', 'imports:merge', 'native:merge'],
  ...['diff:difference', 'diff:absolute', 'diff:grown', 'normalize', 'biggest:0', 'biggest:1', 'biggest:3'],
  ...[
    'temporary:0',
    'temporary:1',
    'temporary:9999',
    'alloc:malloc',
    'alloc:mmap,calloc',
    'size:1..',
    'size:..64',
  ],
  ...[
    'size:1kB..1MB',
    'size:9..1',
    'by:',
    'sort:',
    'biggest:-1',
    'temporary:9007199254740993',
    'alloc:x',
    '',
  ],
];

const WITH_TERM = ['through', 'drop', 'merge', 'collapse', 'ignore', 'root', 'callers', 'callees', 'lines'];
const WITH_TEXT = ['thread', 'module', 'package', 'zoom'];

/** Written steps and slots, most of them right. */
export function createQueryText(random: Random): string {
  const words = Array.from({length: random.below(6)}, () => createWord(random));
  const text = words.join(random.chance(0.95) ? ' ' : '  ');
  return random.chance(0.1) ? breakText(text, random) : text;
}

function createWord(random: Random): string {
  const kind = random.below(10);
  if (kind < 4) return random.pick(WORDS);
  if (kind < 7) return `${random.pick(WITH_TERM)}:${random.pick(TERMS)}`;
  if (kind < 8) return `${random.pick(WITH_TEXT)}:${random.pick(TERMS)}`;
  return createMoments(random);
}

function createMoments(random: Random): string {
  const list = (length: number) => Array.from({length}, () => createMoment(random));
  switch (random.below(4)) {
    case 0:
      return `at:${createMoment(random)}`;
    case 1:
      return `peak:${list(2).join('..')}`;
    case 2:
      return `grown:${list(2).join('..')}`;
    default:
      return `gen:${list(1 + random.below(5)).join()}`;
  }
}

const SHARES = ['0%', '50%', '100%', '33.3%', '0.0001%', '101%', '-1%'];
const TIMES = ['0s', '1s', '0.5s', '2.5ms', '1e3s', '99999999999s', 'x'];

function createMoment(random: Random): string {
  switch (random.below(4)) {
    case 0:
      return random.pick(SHARES);
    case 1:
      return random.pick(TIMES);
    case 2:
      return `#${random.pick([0, 1, 2, 7, 2 ** 32, 2 ** 53])}`;
    default:
      return `@${random.pick([0, 1, 2, random.below(300), 2 ** 32, 2 ** 53])}`;
  }
}

const BROKEN = [
  '"',
  '\\',
  ':',
  ',',
  '..',
  '\0',
  '\ud800',
  ' ',
  '%',
  '#',
  '@',
  '>',
  "'",
  '\u202e',
  '9'.repeat(30),
];

/** A copy with one to three characters removed, doubled or added. */
export function breakText(text: string, random: Random): string {
  let broken = text;
  for (let left = 1 + random.below(3); left > 0; left--) {
    const at = random.below(broken.length + 1);
    const rest = broken.slice(at + random.below(3));
    broken =
      broken.slice(0, at) + (random.chance(0.6) ? random.pick(BROKEN) : broken.slice(at, at + 5)) + rest;
  }
  return broken;
}
