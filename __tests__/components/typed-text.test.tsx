import {describe, expect, it} from 'vitest';
import {fitLabel, fitSaid} from '../../components/typed-text.js';
import {trusted} from '../../src/format/sanitize.js';
import {renderApp} from '../helpers/render.js';

const TREE = `
  main /app/cli.py:3 900
    load /app/data.py:12 100000
    loads /app/data.py:13 100
`;

describe('what is typed stays in sight', () => {
  const getRow = async (columns: number, row: number, ...keys: readonly string[]) => {
    const app = await renderApp(TREE, {columns, rows: 12});
    await app.press(...keys);
    const line = app.frame().split('\n').at(row)!.trimEnd();
    app.unmount();
    return line;
  };

  it('in a search, before what was found', async () => {
    const read = (columns: number, text = 'load') => getRow(columns, -1, '/', ...text);
    expect(await read(40)).toBe('/load▏  2 matches');
    expect(await read(17)).toBe('/load▏  2 matches');
    expect(await read(16)).toBe('/load▏');
    expect(await read(10)).toBe('/load▏');
    expect(await read(5)).toBe('/oad▏');
    expect(await read(30, 're:^(load|loads|main|other)')).toBe('/loads|main|other)▏  3 matches');
  });

  it('in a filter and in a menu, whose names give way', async () => {
    expect(await getRow(10, -1, 'f', ...'l')).toBe('Filter: l▏');
    expect(await getRow(10, -1, 'f', ...'load')).toBe('load▏');
    expect(await getRow(6, -1, 'f', ...'load_it')).toBe('ad_it▏');
    expect(await getRow(30, 0, ':', ...'leaks sort')).toBe('leaks sort▏');
    expect(await getRow(40, 0, ':', ...'leaks sort')).toBe('Commands and steps: leaks sort▏');
  });
});

it('what is said after it is cut where it is long, but no number is', () => {
  const said = trusted('  no match (300.000kB hidden, not searched)');
  const layOut = (text: string, width: number) => Object.values(fitSaid(trusted(text), said, width, '…'));
  expect(layOut('load', 60)).toEqual(['load', said]);
  expect(layOut('load', 30)).toEqual(['load', '  no match (300.000kB hid…']);
  expect(layOut('load', 19)).toEqual(['load', '']);
  expect(layOut('x'.repeat(40), 40)).toEqual(['x'.repeat(20), '  no match (300.000…']);
  expect(layOut('load', 0)).toEqual(['', '']);
});

it('a label of no room leaves the text, and no room leaves nothing', () => {
  expect(fitLabel(trusted('Filter: '), trusted('load'), 0)).toEqual({label: '', text: ''});
});
