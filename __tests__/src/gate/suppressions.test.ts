import {beforeAll, describe, expect, it} from 'vitest';
import {
  parseSuppression,
  readSuppressions,
  SuppressionError,
  toSteps,
} from '../../../src/gate/suppressions.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {createMatcher} from '../../../src/query/match-frames.js';

beforeAll(loadRegexEngine);

describe('a pattern', () => {
  it.each([
    ['leak:load', 'preload_all', true],
    ['leak:load', 'lad', false],
    ['leak:linecache.*', 'linecache.py', true],
    ['leak:linecache.*', 'linecache', false],
    ['leak:^load', 'preload', false],
    ['leak:^load', 'loader', true],
    ['leak:load$', 'preload', true],
    ['leak:load$', 'loader', false],
    ['leak:^lo*er$', 'loader', true],
    ['leak:a(b*[c]', 'xa(b12[c]', true],
    ['leak:a.c*', 'abc', false],
  ])('%s and %s: %s', (pattern, name, isMatch) => {
    expect(createMatcher([parseSuppression(pattern)])(name)).toBe(isMatch);
  });

  it.each(['load', 'leak:', 'leak:*', 'leak:^$', 'leak:**'])('%s is refused', pattern => {
    expect(() => parseSuppression(pattern)).toThrow(SuppressionError);
  });
});

describe('a file of patterns', () => {
  it('has one a line, comments and empty lines', () => {
    const patterns = readSuppressions('# known\nleak:a\r\n\n  leak:b*c  \n');
    expect(patterns).toEqual([
      {kind: 'part', text: 'a'},
      {kind: 'regex', text: 'b.*c'},
    ]);
    expect(toSteps(patterns)).toEqual([{kind: 'ignore', term: {field: 'any', patterns}}]);
    expect(toSteps([])).toEqual([]);
  });

  it('names the line that cannot be read', () => {
    expect(() => readSuppressions('leak:a\nrace:b')).toThrow('line 2: "race:b" does not begin with leak:');
  });
});
