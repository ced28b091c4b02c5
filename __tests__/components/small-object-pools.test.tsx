import {expect, test} from 'vitest';
import {createTheme} from '../../src/style/theme.js';
import {renderApp} from '../helpers/render.js';

const TREE = `
  main /app/app.py:43
    load /app/data.py:12 1048576
    build /app/data.py:40 2000000 x2
`;

const readRow = (frame: string, name: string): string =>
  frame.split('\n').find(row => row.includes(`${name}  data`))!;

test('a row that is likely a small-object pool is marked, in words where there is room', async () => {
  const wide = await renderApp(TREE, {columns: 80, rows: 24});
  expect(readRow(wide.frame(), 'load')).toMatch(/load {2}data:12 {2}◌ small-object pool$/);
  expect(readRow(wide.frame(), 'build')).toMatch(/build {2}data:40$/);
  const narrow = await renderApp(TREE, {columns: 50, rows: 12});
  expect(readRow(narrow.frame(), 'load')).toMatch(/load {2}data:12 ◌$/);
  const ascii = await renderApp(TREE, {columns: 50, rows: 12, theme: createTheme({ascii: true})});
  expect(readRow(ascii.frame(), 'load')).toMatch(/load {2}data:12 o$/);
});

test('the facts say what it is, and how to see the objects', async () => {
  const app = await renderApp(TREE, {columns: 140, rows: 40});
  await app.press('down', 'down', 'down');
  const text = app.frame().replaceAll(/\s*\n.*?│/g, ' ');
  expect(text).toContain('Likely small-object pool: 1.049MB in 1 block, which');
  expect(text).toContain('--trace-python-allocators');
});
