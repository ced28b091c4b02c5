import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {createCore} from '../../../src/core/core.js';
import {fixturesDirectory} from '../captures.js';
import {parseSnapshot} from '../read-snapshot.js';
import {recycleCores} from './recycled-cores.js';

const recycler = recycleCores();
const read = (name: string) => parseSnapshot(readFileSync(`${fixturesDirectory}/${name}.bin`));

test('a core that was used before reads as a new one does', () => {
  const expected = read('nested');
  recycler.takeBack();
  for (const name of ['temps', 'old-versions/v07-1.1.0-versions', 'native-calls']) {
    read(name);
    recycler.takeBack();
  }
  expect(read('nested')).toEqual(expected);
});

test('cores are used again once they are given back, until they are forgotten', () => {
  recycler.takeBack();
  recycler.forget();
  const [first, second] = [createCore(), createCore()];
  expect(second).not.toBe(first);
  recycler.takeBack();
  expect([first, second]).toContain(createCore());
  recycler.takeBack();
  recycler.forget();
  expect([first, second]).not.toContain(createCore());
});
