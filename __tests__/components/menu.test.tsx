import {describe, expect, it} from 'vitest';
import {renderApp} from '../helpers/render.js';

const TREE = `
  main /app/cli.py:3 900
    ${'very_'.repeat(12)}long_name /app/data.py:12 100000
    build /app/index.py:40 1000
`;

/** Where the details of the items begin and end, and where their signs are. */
async function readColumns(columns: number): Promise<readonly string[]> {
  const app = await renderApp(TREE, {columns, rows: 20});
  await app.press('down', 'down', ';');
  const lines = app.frame().split('\n');
  const items = lines.slice(1, lines.indexOf('', 1)).map(line => line.trimEnd());
  app.unmount();
  expect(items.length).toBeGreaterThan(5);
  return items.map(line => [line.indexOf('keeps'), line.search(/B +\(/), line.length].join());
}

describe('the details of a menu', () => {
  it.each([60, 80, 120, 200])('stand below one another on a screen of %i columns', async columns => {
    expect(new Set(await readColumns(columns)).size).toBe(1);
  });
});

describe('a menu in which nothing matches what is typed', () => {
  const TYPED: readonly (readonly [string, readonly string[], string])[] = [
    ['the palette', [':', ...'panel'], 'ctrl+u'],
    ['threads', ['t', ...'zz'], 'ctrl+u'],
    ['formats', ['x', ...'zz'], 'ctrl+u'],
    ['the name of a file', ['x', 'enter', 'ctrl+u'], 'a'],
  ];
  const REASON = /^ {3}(?:Nothing here matches what is typed|Type a name for the file) *$/m;

  it.each(TYPED)('says so: %s', async (_, keys, next) => {
    const app = await renderApp(TREE, {columns: 80, rows: 20});
    await app.press(...keys);
    const frame = app.frame();
    await app.press(next);
    const other = app.frame();
    app.unmount();
    expect(frame).toMatch(REASON);
    expect(other).not.toMatch(REASON);
  });
});
