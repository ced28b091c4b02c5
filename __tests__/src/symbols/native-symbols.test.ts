import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {createNativeSymbols} from '../../../src/symbols/native-symbols.js';
import {
  expectedImages,
  returnAddress,
  symbolsDirectory,
  tablesOf,
  toExpected,
} from '../../helpers/symbol-fixtures.js';

describe('names, files and lines as memray finds them', () => {
  test.each(Object.entries(expectedImages))('at every address of %s', (name, {loads, runs}) => {
    const symbols = createNativeSymbols({
      tables: tablesOf(join(symbolsDirectory, name), loads),
      places: {
        buildIdFolders: [join(symbolsDirectory, '.build-id')],
        debugRoot: '/nowhere',
        debuginfodCache: null,
      },
    });
    const found = runs.flatMap(({from, to}) =>
      [from, to].map(offset => toExpected(symbols.resolve(returnAddress(offset), 1))),
    );
    expect(found).toEqual(runs.flatMap(({frames}) => [frames, frames]));
    expect(runs.length).toBeGreaterThan(3);
    symbols.close();
  });
});
