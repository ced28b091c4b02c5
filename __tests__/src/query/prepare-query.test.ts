import {describe, expect, it} from 'vitest';
import {RegexError} from '../../../src/query/bounded-regex.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {prepareQuery} from '../../../src/query/prepare-query.js';
import {runQuery} from '../../helpers/run-query.js';

const STACKS = 'load app.py:1 5';

describe('prepareQuery', () => {
  it('loads what regular expressions need', async () => {
    expect(() => runQuery(STACKS, 'through:re:^l')).toThrow('not loaded');
    await prepareQuery(parseQuery('inverted merge:a'));
    expect(() => runQuery(STACKS, 'through:re:^l')).toThrow('not loaded');
    await prepareQuery(parseQuery('through:re:^l'));
    expect(runQuery(STACKS, 'through:re:^l').kept.bytes).toBe(5);
  });

  it.each(['through:fn:a,re:(', 'thread:re:[', 'callers:re:a**', 'callees:mod:re:(?=a)'])(
    'says in which step an expression cannot be read: %s',
    async written => {
      const prepared = prepareQuery(parseQuery(`leaks merge:re:x ${written}`));
      await expect(prepared).rejects.toBeInstanceOf(RegexError);
      await expect(prepared).rejects.toThrow(`${written}: `);
    },
  );
});
