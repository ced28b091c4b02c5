import fc from 'fast-check';
import {Box, type DOMElement, Text} from 'ink';
import {createRef, type ReactNode} from 'react';
import {describe, expect, test, vi} from 'vitest';
import {getRuler} from '../../components/row-ruler.js';
import {TreeRow} from '../../components/TreeRow.js';
import {TreeView} from '../../components/TreeView.js';
import {joinSafe, type Safe, sanitize} from '../../src/format/sanitize.js';
import {createTheme} from '../../src/style/theme.js';
import {renderFrame} from '../helpers/render.js';

// Ink's own colours, those of boxes: here nothing says that there is a terminal.
vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '3'));

const theme = createTheme({depth: 'truecolor'});
const word = fc.constantFrom(
  'load',
  ' ',
  '│ ├▸ ',
  '📂 ',
  '名前',
  'e\u0301',
  '👩‍👩‍👧',
  'ｶﾞ',
  '한글',
  '\u0301x',
  '▇▇▇   ',
  '…',
  '',
);
const piece = fc.record({
  text: word,
  role: fc.constantFrom('plain', 'function', 'place', 'guide', 'selected'),
});
const row = fc
  .array(piece, {maxLength: 40})
  .map(pieces =>
    joinSafe(
      ...pieces.map(({text, role}) => (role === 'plain' ? sanitize(text) : paint(role, sanitize(text)))),
    ),
  );

function paint(role: 'function' | 'place' | 'guide' | 'selected', text: Safe): Safe {
  return role === 'selected' ? theme.paint('selectedText', text, 'selected') : theme.paint(role, text);
}

const surroundings = fc.record({
  rows: fc.array(row, {minLength: 1, maxLength: 4}),
  pane: fc.oneof(fc.integer({min: 0, max: 30}), fc.integer({min: 90, max: 220})),
  box: fc.integer({min: 1, max: 30}),
  left: fc.oneof(fc.integer({min: -20, max: 6}), fc.integer({min: -150, max: 0})),
  top: fc.integer({min: -2, max: 1}),
  overflow: fc.constantFrom('visible', 'hidden'),
  background: fc.constantFrom(undefined, 'blue', '#123456'),
});
type Surroundings = typeof surroundings extends fc.Arbitrary<infer T> ? T : never;

/** Whether a box leaves a single cell of a ruler in sight: that does not say where it stands (row-ruler.ts). */
function leavesOneCell({box, left, pane}: Surroundings, text: Safe): boolean {
  const width = getRuler(text, pane).length;
  return Math.min(box, left + width) - Math.max(0, left) === 1;
}

/** A pane in a box that leaves it some room or none, at any place of it. */
function surround({box, left, top, overflow, background}: Surroundings, pane: ReactNode): ReactNode {
  return (
    <Box width={box} height={3} overflow={overflow} {...(background && {backgroundColor: background})}>
      <Box flexDirection="column" marginLeft={left} marginTop={top} flexShrink={left < 0 ? 0 : 1}>
        {pane}
      </Box>
    </Box>
  );
}

function draw(case_: Surroundings, rows: readonly ReactNode[]): string {
  const size = {width: case_.pane, height: rows.length};
  const pane = (
    <Box flexDirection="column" {...size}>
      {rows}
    </Box>
  );
  const app = renderFrame(surround(case_, pane), {columns: 40, rows: 6, colorBits: 24});
  const frame = app.styledFrame();
  app.unmount();
  return frame;
}

describe('a row', () => {
  test('is what Ink makes of its text, in any box', async () => {
    await fc.assert(
      fc.asyncProperty(surroundings, async case_ => {
        const {rows, pane} = case_;
        fc.pre(!rows.some(text => leavesOneCell(case_, text)));
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without an identity
        const ours = rows.map((text, index) => <TreeRow key={index} text={text} width={pane} />);
        const plain = rows.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows without an identity
          <Text key={index} wrap="truncate">
            {text}
          </Text>
        ));
        expect(draw(case_, ours)).toBe(draw(case_, plain));
      }),
      {numRuns: 200},
    );
  });
});

/** 20 nodes in a host's own box. */
const TREE = {
  name: 'all',
  value: 19,
  children: Array.from({length: 19}, (_, index) => ({name: `part ${index}`, value: 1})),
};
const PANE = {width: 100, height: 12};

describe('a tree in a host', () => {
  test('has a text for each row, and its boxes', () => {
    const {nodes} = renderTree();
    const names = nodes().map(({nodeName}) => nodeName);
    expect(countEach(names)).toEqual({'ink-box': 3, 'ink-text': PANE.height, '#text': PANE.height});
  });

  test('gives Ink only ASCII to measure, of few lengths', () => {
    const {app, nodes} = renderTree();
    const measured = nodes().flatMap(node => ('nodeValue' in node ? node.nodeValue : []));
    // One for the selected row, which fills the pane, and one for all others.
    expect(new Set(measured.map(text => text.length))).toEqual(new Set([PANE.width, 64]));
    expect(measured.filter(text => !/^[!-~]+$/.test(text))).toEqual([]);
    expect(app.frame()).toContain('├─ 📄 part 0');
  });

  test('paints two rows at a step of the cursor', async () => {
    const {app, nodes} = renderTree();
    const painters = () =>
      nodes().map(node => ('internal_transform' in node ? node.internal_transform : null));
    await app.press('down');
    const before = painters();
    await app.press('down');
    expect(painters().filter((painter, index) => painter !== before[index])).toHaveLength(2);
  });

  test('leaves names with marks to Ink', () => {
    const {app, nodes} = renderTree({name: 'e\u0301te\u0301', value: 1});
    expect(nodes().some(node => 'nodeValue' in node && node.nodeValue.includes('te\u0301'))).toBe(true);
    expect(app.frame()).toContain('e\u0301te\u0301');
  });
});

function renderTree(tree: {name: string; value: number} = TREE) {
  const box = createRef<DOMElement>();
  const app = renderFrame(
    <Box ref={box}>
      <TreeView tree={tree} {...PANE} />
    </Box>,
    {columns: 120, rows: 24},
  );
  return {app, nodes: () => listNodes(box.current!)};
}

type InkNode = DOMElement['childNodes'][number];

/** A node of Ink and all below it. */
function listNodes(node: InkNode): readonly InkNode[] {
  return 'childNodes' in node ? [node, ...node.childNodes.flatMap(listNodes)] : [node];
}

function countEach(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
