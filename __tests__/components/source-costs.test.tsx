import {expect, test} from 'vitest';
import {SourcePanel} from '../../components/SourcePanel.js';
import type {CommandId} from '../../src/commands/commands.js';
import {parseQuery} from '../../src/query/grammar/parse-query.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import type {SourceReader} from '../../src/source/source-reader.js';
import {areCostsPending, selectFileCosts} from '../../src/store/source-pane/selected-costs.js';
import {createTheme, type Theme} from '../../src/style/theme.js';
import {renderFrame} from '../helpers/render.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const SOURCE = `def load():
    rows = [
        make() for _ in names]
    return rows

def main():
    rows = load()
    table = bytearray(7)
    return rows, table`;

/** Line 9 costs little. */
const STACKS = `
  main /app/data.py:7
    load /app/data.py:2 1000
      <listcomp> /app/data.py:3 2000000 x9
        make /app/make.py:1 4000000
    load /app/data.py:3 3000
  main /app/data.py:8 1000000
  main /app/data.py:9 4
`;

const reader: SourceReader = {
  get: file =>
    file === '/app/data.py'
      ? {kind: 'text', path: file, lines: SOURCE.split('\n'), firstLine: 1, totalLines: 9, language: 'python'}
      : {kind: 'not-found', tried: []},
  read: file => Promise.resolve(reader.get(file, {line: 0, reveal: false})!),
};

function render(width: number, {height = 18, theme}: {height?: number; theme?: Theme} = {}) {
  const store = createTreeStore({snapshot: parseSnapshot(STACKS), rows: 30, columns: 100});
  store.actions.run('moveDown');
  const panel = (
    <SourcePanel store={store} width={width} height={height} reader={reader} {...(theme && {theme})} />
  );
  const app = renderFrame(panel, {columns: width, rows: height});
  const run = (command: CommandId) => store.actions.run(command);
  return {...app, store, run, readSource: () => app.frame().split('──')[0]};
}

test('a wide pane shows what goes through a line, and what it allocates itself', () => {
  expect(render(80).readSource()).toMatchInlineSnapshot(`
    "                1 def load():
     ◆6.00MB 1.00kB 2     rows = [
     ◆6.00MB 2.00MB 3         make() for _ in names]
                    4     return rows
                    5
                    6 def main():
    ❯◆6.00MB        7     rows = load()
     ◆1.00MB 1.00MB 8     table = bytearray(7)
          4B     4B 9     return rows, table


    "
  `);
});

test('a narrow pane shows what goes through a line, a very narrow one nothing', () => {
  expect(render(45).readSource()).toMatchInlineSnapshot(`
    "         1 def load():
     ◆6.00MB 2     rows = [
     ◆6.00MB 3         make() for _ in names]
             4     return rows
             5
             6 def main():
    ❯◆6.00MB 7     rows = load()
     ◆1.00MB 8     table = bytearray(7)
          4B 9     return rows, table


    "
  `);
  expect(render(44).readSource()).toContain('❯ 7     rows = load()');
});

test('the costs are those of what the steps leave, whatever the shape and the cut', async () => {
  const app = render(80);
  app.store.actions.run('showFewer');
  app.store.actions.run('showFlat');
  await app.settle();
  expect(app.frame()).toContain('◆6.00MB        7     rows');
  app.store.actions.run('dropFunction');
  await app.settle();
  expect(app.frame()).not.toContain('MB');
});

test('hot lines have the color of their share, the others none', () => {
  const rows = render(80, {theme: createTheme({depth: '256'})})
    .styledFrame()
    .split('\n');
  const costs = rows.slice(5, 9).map(row => row.replaceAll('\u001b', '␛').slice(0, 50));
  expect(costs).toMatchInlineSnapshot(`
    [
      "                ␛[2m6 ␛[22mdef main():",
      "␛[48;5;238m␛[38;5;255m❯◆6.00MB        7     rows =",
      "␛[38;5;149m ◆1.00MB 1.00MB ␛[39m␛[2m8 ␛[22m    tab",
      "␛[2m      4B     4B 9 ␛[22m    return rows, table",
    ]
  `);
});

test('J and K walk from hot line to hot line and say what each costs', async () => {
  const app = render(80, {height: 12});
  const walk = (command: CommandId) => {
    app.run(command);
    const {source, keyNote} = app.store.getState();
    return [source.line, keyNote];
  };
  expect(walk('nextHotLine')).toEqual([
    8,
    'Line 8: total 1.000MB (14.28 %), own 1.000MB (14.28 %), 1 allocation',
  ]);
  await app.settle();
  expect(app.frame()).toContain('▸◆1.00MB 1.00MB 8');
  expect(walk('nextHotLine')[0]).toBe(2);
  expect(walk('previousHotLine')[0]).toBe(8);
  expect(walk('previousHotLine')[0]).toBe(7);
  app.run('moveDown');
  expect(app.store.getState().source).toEqual({row: 0, column: 0, line: null});
});

test('M hides the costs', async () => {
  const app = render(80);
  app.run('toggleCosts');
  await app.settle();
  expect(app.readSource()).toContain('❯ 7     rows = load()');
});

test('there are none while single blocks are read that a step asks for', () => {
  const {store} = render(80);
  const {excerpt, ...state} = store.getState();
  expect(excerpt?.file).toBe('/app/data.py');
  const awaiting = {...state, excerpt, query: parseQuery('alloc:malloc')};
  expect(selectFileCosts({...awaiting, query: parseQuery('drop:fn:make')})).not.toBeNull();
  expect(selectFileCosts(awaiting)).toBeNull();
});

test('of a large capture they come after the frame, and their margin is blank until then', async () => {
  const others = Array.from({length: 10_001}, (_, index) => `  f${index} /app/other.py:${index + 1} 1`);
  const snapshot = parseSnapshot(
    ['main /app/data.py:7', '  load /app/data.py:2 2000000', ...others].join('\n'),
  );
  const store = createTreeStore({snapshot, rows: 30, columns: 100});
  store.actions.run('moveDown');
  const panel = <SourcePanel store={store} width={60} height={18} reader={reader} />;
  const app = renderFrame(panel, {columns: 60, rows: 18});
  expect(areCostsPending(store.getState())).toBe(true);
  expect(app.frame()).toContain('❯        7     rows = load()');
  await app.waitFor('❯◆2.01MB 7     rows = load()');
  expect(areCostsPending(store.getState())).toBe(false);
});
