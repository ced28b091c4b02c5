import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {CommandId} from '../../src/commands/commands.js';
import {createTreeStore} from '../../src/session/create-tree-store.js';
import {computeRowColumns} from '../../src/store/row-columns.js';
import type {RowPane} from '../../src/store/row-layout.js';
import type {TreeState} from '../../src/store/state.js';
import type {CallTree} from '../../src/tree/call-tree.js';
import {type DrawnRow, layOutTexts} from '../helpers/print-screen-rows.js';
import {parseSnapshot} from '../helpers/tree-text.js';

/** A row of a screen, and where it is in the tree. */
interface LevelRow extends DrawnRow {
  readonly parent: number;
  readonly level: number;
  /** Whether the lines of its levels go on below, from the outside inwards; the last entry is its own. */
  readonly goesOn: readonly boolean[];
  /** What is drawn between the numbers and the icon. */
  readonly guides: string;
  readonly kind: 'in place' | 'shifted out' | 'too deep';
  readonly shownName: string;
}

/** From the root to the node itself, those that have siblings; slow, and as simple as the rule is. */
function listBranches(tree: CallTree, node: number): number[] {
  const parent = tree.prefix[node]!;
  if (parent < 0) return [];
  const above = listBranches(tree, parent);
  return tree.getChildren(parent).length > 1 ? [...above, node] : above;
}

function readRow(row: DrawnRow, tree: CallTree, numberCells: number): LevelRow {
  const branches = listBranches(tree, row.node);
  const guides = /^[^📂📄a-z<]*/u.exec(row.text.slice(numberCells))![0];
  const kind = guides.includes('…')
    ? 'too deep'
    : guides.startsWith('‹') && guides.length === 3
      ? 'shifted out'
      : 'in place';
  const goesOn = branches.map(node => tree.getChildren(tree.prefix[node]!).at(-1) !== node);
  const names = row.text.slice(numberCells + guides.length).replace(/^(?:📂|📄) /u, '');
  const shownName = names.split('  ')[0]!.trimEnd();
  const parent = tree.prefix[row.node]!;
  return {...row, parent, level: branches.length, goesOn, guides, kind, shownName};
}

/** The guides of a row in place, of which the levels up to `firstLevel` are shifted out. */
function drawExpected({level, goesOn, fold, depth, isOnlyChild}: LevelRow, firstLevel: number): string {
  const sign = {open: '▾', closed: '▸', leaf: '─'}[fold];
  if (depth === 0) return `${fold === 'leaf' ? ' ' : sign} `;
  const outer = goesOn.slice(firstLevel, -1).map(line => (line ? '│ ' : '  '));
  const line = goesOn.at(-1);
  const chain = `╰${fold === 'closed' ? '▸' : ' '}`;
  const own = isOnlyChild ? `${line ? '│' : ' '}${chain}` : `${line ? '├' : '└'}${sign} `;
  return level === 0 ? chain : `${firstLevel > 0 ? '‹' : ''}${outer.join('')}${own}`;
}

/** What is wrong with the levels of a frame; empty where nothing is. */
function findProblems(rows: readonly LevelRow[]): string[] {
  const problems: string[] = [];
  const byNode = new Map(rows.map(row => [row.node, row]));
  const shifts = rows.flatMap(({kind, level, guides}) =>
    kind === 'in place' && guides.startsWith('‹') ? [level - (guides.length - 2) / 2] : [],
  );
  const firstLevel = shifts[0] ?? 0;
  const looks = new Map<number, string>();
  for (const row of rows) {
    const {level, kind, guides, label} = row;
    const add = (problem: string) => problems.push(`${label.function}: ${problem}`);
    const look = `${kind} ${guides.length} ${guides.indexOf('…')}`;
    if (level > 0 && (looks.get(level) ?? look) !== look) add('not in the column of its level');
    looks.set(level, look);
    if (kind === 'in place' && guides !== drawExpected(row, firstLevel)) add('wrong guides');
    const parent = byNode.get(row.parent);
    if (parent === undefined) continue;
    if (row.isOnlyChild) {
      if (!guides.includes('╰')) add('no sign of an only child');
      if (level > 0 && guides.length !== parent.guides.length) add('not below its parent');
    } else if (kind === 'in place' ? guides.length <= parent.guides.length : guides.length < 3) {
      add('not to the right of its parent');
    } else if (kind !== 'shifted out' && guides.length < parent.guides.length) {
      add('to the left of its parent');
    }
  }
  return problems;
}

function draw(state: TreeState, size: RowPane) {
  const {tree} = state.filtered;
  const drawn = layOutTexts(state, size);
  const labels = drawn.map(row => row.label);
  const {marker, tree: treeCells, ...numbers} = computeRowColumns({...size, labels});
  const {size: sizeCells, percent, bar} = numbers;
  const numberCells = [sizeCells, percent, bar].reduce((sum, cells) => sum + (cells && cells + 1), marker);
  const rows = drawn.map(row => readRow(row, tree, numberCells));
  return {rows, treeCells, text: drawn.map(row => row.text).join('\n')};
}

/** Trees that branch and go deep, as real ones do: most nodes are below the one before them. */
function arbitraryDeepTree() {
  const node = fc.record({
    up: fc.oneof({weight: 3, arbitrary: fc.constant(0)}, fc.integer({min: 0, max: 4})),
    isDeeper: fc.boolean(),
    nameCells: fc.integer({min: 1, max: 30}),
    line: fc.constantFrom(0, 7, 43, 1045, 123456),
    bytes: fc.integer({min: 1, max: 9}),
  });
  return fc.array(node, {minLength: 2, maxLength: 60}).map(nodes => {
    let depth = 0;
    const lines = nodes.map(({up, isDeeper, nameCells, line, bytes}, index) => {
      depth = index === 0 ? 0 : Math.max(0, isDeeper ? depth + 1 : depth - up);
      const name = `f${index}`.padEnd(nameCells, 'x');
      return `${'  '.repeat(depth)}${name} app/handlers/requests.py:${line} ${bytes}`;
    });
    return parseSnapshot(lines.join('\n'));
  });
}

const COMMANDS: readonly CommandId[] = [
  ...['moveDown', 'moveUp', 'goToLast', 'goToFirst', 'toggle', 'pageDown', 'halfPageUp', 'goToParent'],
] as const;

const pane = fc.record({
  width: fc.integer({min: 20, max: 120}),
  height: fc.integer({min: 1, max: 40}),
  screenColumns: fc.constantFrom(40, 80, 100, 120, 200),
});

const walk = fc.array(fc.constantFrom(...COMMANDS), {maxLength: 12});

test('the column of a row shows its level, or a mark says that it does not', () => {
  fc.assert(
    fc.property(arbitraryDeepTree(), pane, walk, (snapshot, size, commands) => {
      const store = createTreeStore({snapshot});
      store.actions.setViewport(size.width, size.height);
      for (const command of ['openSubtree', ...commands] as const) {
        store.actions.run(command);
        const {rows, text} = draw(store.getState(), size);
        expect(findProblems(rows), text).toEqual([]);
        const selected = rows.find(row => row.isSelected)!;
        expect(selected.kind, text).not.toBe('too deep');
        const outermost = Math.min(...rows.flatMap(row => (row.level > 0 ? [row.level] : [])));
        if (size.width >= 40 && selected.level <= outermost) {
          expect(
            rows.filter(row => row.kind === 'shifted out'),
            text,
          ).toEqual([]);
        }
        for (const {label, shownName} of rows) {
          const isWhole = shownName === label.function;
          if (size.width >= 40 && !isWhole) expect(shownName.length, text).toBeGreaterThanOrEqual(12);
        }
      }
    }),
    {numRuns: 400},
  );
});

test('a single row shows its own branch, and gives up its place before it', () => {
  const tree = `
    f0 app.py:1 1
      f1 app.py:2 1
      f2xxxxxxxxxx app/handlers/requests.py:0 1
    f3 app.py:3 1
  `;
  const store = createTreeStore({snapshot: parseSnapshot(tree)});
  const size = {width: 40, height: 1, screenColumns: 40};
  store.actions.setViewport(size.width, size.height);
  for (const command of ['openSubtree', 'goToLast', 'moveUp'] as const) store.actions.run(command);
  expect(draw(store.getState(), size).text).toMatchInlineSnapshot(
    `"❯    1.000B  25.00 % ‹└─ 📄 f2xxxxxxxxxx"`,
  );
});

test('nothing is left out where all levels fit', () => {
  fc.assert(
    fc.property(arbitraryDeepTree(), pane, walk, (snapshot, size, commands) => {
      const store = createTreeStore({snapshot});
      store.actions.setViewport(size.width, size.height);
      for (const command of ['openSubtree', ...commands] as const) store.actions.run(command);
      const {rows, text, treeCells} = draw(store.getState(), size);
      const deepest = Math.max(...rows.map(row => row.level));
      // Guides, icon, 12 cells of a function, a gap and "…:123456" or the end of a path.
      const fits = 2 * deepest + 1 + 3 + 12 + 2 + 9 <= treeCells;
      fc.pre(fits);
      for (const row of rows) expect(row.guides, text).toBe(drawExpected(row, 0));
    }),
    {numRuns: 200},
  );
});
