import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {deriveTree, QueryError, readCapture} from '../../src/headless.js';
import {fixturesDirectory} from '../helpers/captures.js';

const bytes = readFileSync(`${fixturesDirectory}/nested.bin`);

test.each(['through:re:(', 'callers:re:[', 'nonsense', 'at:x'])(
  'the view %s is refused by a QueryError, whatever is wrong with it',
  async view => {
    await expect(readCapture(bytes, {view})).rejects.toBeInstanceOf(QueryError);
    const result = await readCapture(bytes);
    await expect(deriveTree(result, view)).rejects.toBeInstanceOf(QueryError);
  },
);

test('a view of single allocations that were not loaded says what loads them', async () => {
  const result = await readCapture(bytes);
  await expect(deriveTree(result, 'places')).rejects.toThrow(
    'read the capture with this view, or with blocks: true',
  );
  const whole = await readCapture(bytes, {allLocations: true, blocks: true});
  expect((await deriveTree(whole, 'places')).tree.length).toBeGreaterThan(1);
});
