import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {type DerivedTree, deriveTree} from '../../../src/query/derive-tree.js';
import {formatPart} from '../../../src/query/edit-query.js';
import {formatQuery} from '../../../src/query/grammar/format-query.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import type {Term} from '../../../src/query/grammar/term.js';
import {readFileCosts, sumLineCosts} from '../../../src/query/line-costs.js';
import {measureKept} from '../../../src/query/measure.js';
import type {Step} from '../../../src/query/steps/steps.js';
import {
  DEFAULT_QUERY,
  isTable,
  LEVELS,
  type Shape,
  SORT_KEYS,
  type TreeQuery,
} from '../../../src/query/tree-query.js';
import type {CallTree} from '../../../src/tree/call-tree.js';
import {DROPPED, getFrameFlags} from '../../../src/tree/frame-rules.js';
import type {CallNode} from '../../../src/tree/tree-interface.js';
import {arbitraryCase, type Case, openLocations} from '../../helpers/arbitrary-query.js';
import {describeDerived} from '../../helpers/describe-derived.js';
import {dropInterpreterFrames, isImportSystem, type ReferenceFrame} from '../../helpers/reference-query.js';

beforeAll(loadRegexEngine);

/** Holds for random locations, and queries about them, of which a test takes what it needs. */
function check(seed: number, holds: (given: Case) => void): void {
  fc.assert(fc.property(arbitraryCase(), holds), {seed, numRuns: 200});
}

/** All locations, unless the query says otherwise. */
function derive({locations}: Pick<Case, 'locations'>, query: Partial<TreeQuery>): DerivedTree {
  const {snapshot, naming} = openLocations(locations);
  return deriveTree(snapshot, {...DEFAULT_QUERY, biggest: Infinity, ...query}, {naming});
}

function measure({locations}: Pick<Case, 'locations'>, query: Partial<TreeQuery>) {
  const {snapshot, naming} = openLocations(locations);
  const {compared, untargeted} = measureKept(
    snapshot,
    {...DEFAULT_QUERY, biggest: Infinity, ...query},
    {naming},
  );
  const {bytes, suppressed} = compared[0]!;
  return {compared: {bytes, suppressed}, untargeted};
}

function describeTree(given: Pick<Case, 'locations'>, query: Partial<TreeQuery>): string[] {
  return describeDerived(derive(given, query).tree);
}

function listNodes(tree: CallTree, node = 0): number[] {
  return [node, ...tree.getChildren(node).flatMap(child => listNodes(tree, child))];
}

function listRows(tree: CallTree) {
  return tree.getChildren(0).map(node => tree.getNode(node));
}

function sumOwn(rows: readonly CallNode[]): readonly [number, number] {
  return [
    rows.reduce((sum, {selfBytes}) => sum + selfBytes, 0),
    rows.reduce((sum, {selfAllocations}) => sum + selfAllocations, 0),
  ];
}

function toLineCost({line, bytes, allocations, selfBytes, selfAllocations}: CallNode) {
  return {line, bytes, allocations, selfBytes, selfAllocations};
}

function escapeRegex(text: string): string {
  return text.replaceAll(/[^\w/]/gu, character => `\\x{${character.codePointAt(0)!.toString(16)}}`);
}

/** Whether the import system runs the body of a module in a stack, native frames in between or not. */
function isImportedIn(stack: readonly ReferenceFrame[], file: string): boolean {
  const frames = stack.filter(frame => frame.image === undefined || isImportSystem(frame));
  return frames.some(
    (frame, at) =>
      at > 0 &&
      isImportSystem(frames[at - 1]!) &&
      frame.function === '<module>' &&
      frame.file === file &&
      frame.image === undefined &&
      !isImportSystem(frame),
  );
}

/** The term of the query's shape, or of one of its steps. */
function findTerm({shape, steps}: TreeQuery): Term {
  const found = [shape, ...steps].find(each => 'term' in each);
  return found === undefined
    ? {field: 'any', patterns: [{kind: 'part', text: 'a'}]}
    : (found as {term: Term}).term;
}

/** A path is that of a node at the level of the query. */
function withoutZoom({steps}: TreeQuery): readonly Step[] {
  return steps.filter(step => step.kind !== 'zoom');
}

const KEEPING = [
  'merge',
  'collapse',
  'recursion',
  'package',
  'hide:imports',
  'hide:uninteresting',
  'imports:merge',
  'native:merge',
];

function addAmounts(parts: readonly Pick<DerivedTree['kept'], 'bytes' | 'allocations'>[]) {
  return {
    bytes: parts.reduce((sum, {bytes}) => sum + bytes, 0),
    allocations: parts.reduce((sum, {allocations}) => sum + allocations, 0),
  };
}

describe('amounts', () => {
  it('stay the same in steps that only change frames, and at every level', () => {
    check(11, ({locations, query}) => {
      const steps = query.steps.filter(step => KEEPING.includes(step.kind));
      const {kept, of, tree} = derive({locations}, {steps, by: query.by});
      expect(kept).toEqual(of);
      expect(tree.getNode(0)).toMatchObject({bytes: of.bytes, allocations: of.allocations});
    });
  });

  it('are what is own and what the children hold, in each node of a tree', () => {
    check(12, ({locations, query}) => {
      const shape: Shape = isTable(query.shape) ? {kind: 'tree'} : query.shape;
      const {tree} = derive({locations}, {...query, shape});
      for (const node of listNodes(tree)) {
        const {bytes, allocations, selfBytes, selfAllocations} = tree.getNode(node);
        const children = tree.getChildren(node).map(child => tree.getNode(child));
        expect(bytes).toBe(children.reduce((sum, child) => sum + child.bytes, selfBytes));
        expect(allocations).toBe(children.reduce((sum, child) => sum + child.allocations, selfAllocations));
      }
    });
  });

  it('are in a table as own once, and the whole in its root', () => {
    check(13, ({locations, query}) => {
      const {tree, kept} = derive({locations}, {...query, biggest: null, shape: {kind: 'flat'}});
      const own = listNodes(tree).reduce((sum, node) => sum + tree.getNode(node).selfBytes, 0);
      expect([own, tree.getNode(0).bytes]).toEqual([kept.bytes, kept.bytes]);
    });
  });

  it('of the lines of a function add up to its own, and those of all lines to the whole', () => {
    check(16, ({locations, ...rest}) => {
      // A table has rows for frames that are no lines of a file.
      const given = {...rest, locations: dropInterpreterFrames(locations)};
      const all: Term = {field: 'file', patterns: [{kind: 'regex', text: ''}]};
      const lines = derive(given, {shape: {kind: 'lines', term: all}});
      const own = listNodes(lines.tree).reduce((sum, node) => sum + lines.tree.getNode(node).selfBytes, 0);
      expect(own).toBe(lines.kept.bytes);
      for (const name of ['main', 'load', '<module>']) {
        const term: Term = {field: 'fn', patterns: [{kind: 'whole', text: name}]};
        const isNamed = ({function: each}: {readonly function: string | null}) => each === name;
        const ofLines = listRows(derive(given, {shape: {kind: 'lines', term}}).tree);
        const table = listRows(derive(given, {shape: {kind: 'flat'}, by: 'function'}).tree).filter(isNamed);
        // Smart case: `load` matches `Load` as well.
        expect(sumOwn(ofLines.filter(isNamed))).toEqual(sumOwn(table));
      }
    });
  });

  it('beside the source are the rows of the table of its lines', () => {
    check(18, ({locations, query}) => {
      const {snapshot, naming} = openLocations(locations);
      const steps = withoutZoom(query);
      for (const file of new Set(locations.flatMap(({stack}) => stack.map(frame => frame.file)))) {
        const term: Term = {field: 'file', patterns: [{kind: 'regex', text: `^${escapeRegex(file)}$`}]};
        const rows = listRows(derive({locations}, {steps, shape: {kind: 'lines', term}}).tree);
        const exact = rows.filter(row => row.file === file).map(toLineCost);
        const costs = readFileCosts(sumLineCosts(snapshot, {steps, by: 'line'}, {naming}), file);
        const found = [...(costs?.lines.values() ?? [])];
        expect(found).toEqual(exact.sort((a, b) => a.line! - b.line!));
      }
    });
  });

  it('of imports add up to the whole, and each holds what goes through its module below the import system', () => {
    check(17, given => {
      const {tree, kept} = derive(given, {shape: {kind: 'imports'}});
      const own = listNodes(tree).reduce((sum, node) => sum + tree.getNode(node).selfBytes, 0);
      expect([own, tree.getNode(0).bytes]).toEqual([kept.bytes, kept.bytes]);
      for (const row of listRows(tree)) {
        const through = given.locations.filter(({stack}) => isImportedIn(stack, row.file!));
        expect(row.bytes).toBe(through.reduce((sum, {bytes}) => sum + bytes, 0));
      }
    });
  });

  it('that are shown and elided are what is kept', () => {
    check(14, ({locations, query}) => {
      const {tree, kept, elided} = derive({locations}, query);
      const root = tree.getNode(0);
      expect([root.bytes + elided.bytes, root.allocations + elided.allocations]).toEqual([
        kept.bytes,
        kept.allocations,
      ]);
    });
  });
});

describe('steps', () => {
  it('through and drop of one term are the whole', () => {
    check(21, ({locations, query}) => {
      const steps = query.steps.filter(step => KEEPING.includes(step.kind));
      const term = findTerm(query);
      const shape: Shape = 'term' in query.shape ? {kind: 'tree'} : query.shape;
      const through = derive({locations}, {shape, steps: [...steps, {kind: 'through', term}]});
      const drop = derive({locations}, {shape, steps: [...steps, {kind: 'drop', term}]});
      expect({
        bytes: through.kept.bytes + drop.kept.bytes,
        allocations: through.kept.allocations + drop.kept.allocations,
        locations: through.kept.locations + drop.kept.locations,
      }).toEqual(through.of);
    });
  });

  it('that gates measure are those that the tree keeps, but for what is suppressed', () => {
    check(30, ({locations, query}) => {
      const {compared, untargeted} = measure({locations}, query);
      const {kept, namingNothing} = derive({locations}, query);
      // What comes after that step may take its row away.
      const hasRow =
        query.steps.slice(0, -1).every(({kind}) => kind !== 'ignore') && !('term' in query.shape);
      const isSuppressing = query.steps.some(({kind}) => kind === 'ignore');
      if (hasRow || !isSuppressing) expect(compared.bytes + compared.suppressed).toBe(kept.bytes);
      else expect(compared.bytes + compared.suppressed).toBeGreaterThanOrEqual(kept.bytes);
      expect(untargeted.map(formatPart)).toEqual(namingNothing);
    });
  });

  it('without what is suppressed at last are those that drop leaves', () => {
    check(31, ({locations, query: {steps, shape, by}}) => {
      const term = findTerm({...DEFAULT_QUERY, steps, shape});
      // A term may be about the row of what a step before has suppressed.
      const query = {...DEFAULT_QUERY, by, steps: steps.filter(({kind}) => kind !== 'ignore')};
      const whole = measure({locations}, query).compared;
      const {compared} = measure({locations}, {...query, steps: [...query.steps, {kind: 'ignore', term}]});
      const dropped = derive({locations}, {...query, steps: [...query.steps, {kind: 'drop', term}]}).kept;
      expect(compared).toEqual({bytes: dropped.bytes, suppressed: whole.bytes - dropped.bytes});
    });
  });

  it('alloc of an allocator and of all others are the whole, and so are sizes up to a size and above it', () => {
    check(28, ({locations, query: given}) => {
      // A table of lines has all or nothing: a part may have no frame that matches.
      const query: TreeQuery = given.shape.kind === 'lines' ? {...given, shape: {kind: 'flat'}} : given;
      const others = ['mmap', 'pymalloc_malloc'];
      const pairs: (readonly [Step, Step])[] = [
        [
          {kind: 'alloc', names: ['malloc']},
          {kind: 'alloc', names: others},
        ],
        [
          {kind: 'size', from: null, to: 3},
          {kind: 'size', from: 4, to: null},
        ],
      ];
      const whole = derive({locations}, query).kept;
      for (const pair of pairs) {
        const parts = pair.map(step => derive({locations}, {...query, steps: [...query.steps, step]}).kept);
        // A location may have blocks of both.
        expect({...addAmounts(parts), locations: whole.locations}).toEqual(whole);
      }
    });
  });

  it('alloc and size give the same in any order, before and after steps that only change frames', () => {
    check(29, ({locations, query}) => {
      const steps = withoutZoom(query).filter(step => KEEPING.includes(step.kind));
      const first: Step = {kind: 'alloc', names: ['malloc', 'mmap']};
      const second: Step = {kind: 'size', from: 1, to: 1_000_000_000};
      const orders = [
        [first, second, ...steps],
        [second, ...steps, first],
        [...steps, first, second],
      ].map(each => describeTree({locations}, {...query, steps: each}));
      expect(orders[1]).toEqual(orders[0]);
      expect(orders[2]).toEqual(orders[0]);
    });
  });

  it('of each kind but zoom do nothing the second time', () => {
    check(22, ({locations, query}) => {
      const steps = withoutZoom(query);
      const twice = steps.flatMap(step => [step, step]);
      expect(describeTree({locations}, {...query, steps: twice})).toEqual(
        describeTree({locations}, {...query, steps}),
      );
    });
  });

  it('root is what callees shows', () => {
    check(23, ({locations, query}) => {
      const term = findTerm(query);
      const steps: Step[] = [...query.steps, {kind: 'root', term}];
      expect(describeTree({locations}, {...query, steps, shape: {kind: 'tree'}})).toEqual(
        describeTree({locations}, {...query, shape: {kind: 'callees', term}}),
      );
    });
  });

  it('zoom of a node shows the subtree of the node', () => {
    check(24, ({locations, query}) => {
      const whole: Partial<TreeQuery> = {
        ...query,
        shape: {kind: 'tree'},
        steps: query.steps.slice(0, 2),
        biggest: null,
      };
      const {tree} = derive({locations}, whole);
      for (const node of listNodes(tree).slice(1)) {
        const path = [];
        for (let at = node; at > 0; at = tree.prefix[at]!) {
          const {function: name, file, line} = tree.getNode(at);
          path.unshift({function: name!, file: file!, line: line!});
        }
        const zoomed = derive({locations}, {...whole, steps: [...whole.steps!, {kind: 'zoom', path}]});
        expect(zoomed.tree.getChildren(0)).toHaveLength(1);
        expect(describeDerived(zoomed.tree, zoomed.tree.getChildren(0)[0])).toEqual(
          describeDerived(tree, node),
        );
      }
    });
  });

  it('thread takes the stacks of all threads apart', () => {
    check(25, ({locations, query}) => {
      const labels = [...new Set(locations.map(location => location.thread))];
      const parts = labels.map(
        text =>
          derive({locations}, {steps: [{kind: 'thread', patterns: [{kind: 'whole', text}]}, ...query.steps]})
            .kept,
      );
      const {kept} = derive({locations}, {steps: query.steps});
      expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(kept.bytes);
      expect(parts.reduce((sum, part) => sum + part.locations, 0)).toBe(kept.locations);
    });
  });

  it('hide leaves nothing of its kind', () => {
    check(26, ({locations, query}) => {
      const steps: Step[] = [...query.steps, {kind: 'hide:uninteresting'}, {kind: 'hide:imports'}];
      const {tree} = derive({locations}, {...query, by: 'line', shape: {kind: 'flat'}, steps});
      expect(
        listNodes(tree)
          .map(node => tree.getNode(node))
          .filter(({importSystem, interesting}) => importSystem || !interesting),
      ).toEqual([]);
    });
  });

  it('package of all packages is the level of packages', () => {
    check(27, ({locations, query}) => {
      const {naming} = openLocations(locations);
      const names = new Set(locations.flatMap(({stack}) => stack.map(frame => naming.packageOf(frame.file))));
      const all = [...names].map((name): Step => ({kind: 'package', name}));
      const steps = withoutZoom(query);
      const shape: Shape = 'term' in query.shape ? {kind: 'tree'} : query.shape;
      expect(
        describeTree({locations}, {...query, by: 'line', shape, steps: [...steps, ...all]}).sort(),
      ).toEqual(describeTree({locations}, {...query, steps, by: 'package', shape}).sort());
    });
  });
});

describe('shapes', () => {
  it('the first level of the inverted tree is what is own in the table, where both show the same frames', () => {
    check(31, ({locations: given, query}) => {
      const locations = dropInterpreterFrames(given);
      const {tree: inverted} = derive({locations}, {...query, shape: {kind: 'inverted'}, biggest: null});
      const {tree: flat} = derive({locations}, {...query, shape: {kind: 'flat'}, biggest: 200});
      const total = listRows(inverted);
      const own = listRows(flat).map(row => ({
        ...row,
        bytes: row.selfBytes,
        allocations: row.selfAllocations,
      }));
      const describeRows = (rows: typeof total) =>
        rows
          .filter(row => row.allocations > 0)
          .map(row => JSON.stringify([row.function, row.file, row.line, row.bytes, row.allocations]))
          .sort();
      expect(describeRows(total)).toEqual(describeRows(own));
    });
  });

  it('a table shows frames of the interpreter beside the rows that it has without them', () => {
    check(35, ({locations, query}) => {
      const steps = query.steps.filter(step => !('term' in step));
      const list = (of: Case['locations']) =>
        listRows(derive({locations: of}, {...query, steps, biggest: null, shape: {kind: 'flat'}}).tree)
          .filter(row => (getFrameFlags(row.function!, row.file!) & DROPPED) === 0)
          .map(({function: name, file, line, bytes, allocations}) => [name, file, line, bytes, allocations]);
      const isOfFunctions = query.by === 'line' || query.by === 'function';
      if (isOfFunctions)
        expect(list(locations).sort()).toEqual(list(dropInterpreterFrames(locations)).sort());
    });
  });

  it('callers and callees begin with the same frames, which hold the same', () => {
    check(32, ({locations, query}) => {
      const term = findTerm(query);
      const list = (kind: 'callers' | 'callees') => {
        const {tree, kept} = derive({locations}, {...query, sort: 'total', shape: {kind, term}});
        const nodes = listRows(tree);
        return [
          kept,
          nodes.map(node => [
            node.function,
            node.file,
            node.line,
            node.bytes,
            node.allocations,
            node.threads,
          ]),
        ];
      };
      expect(list('callers')).toEqual(list('callees'));
    });
  });

  it('a row of a table by package is what goes through the package', () => {
    check(33, ({locations}) => {
      const shape: Shape = {kind: 'flat'};
      const {tree} = derive({locations}, {by: 'package', shape});
      for (const node of listNodes(tree).slice(1)) {
        const {file, bytes, allocations} = tree.getNode(node);
        const term: Term = {field: 'pkg', patterns: [{kind: 'whole', text: file!}]};
        const {kept} = derive({locations}, {steps: [{kind: 'through', term}], shape});
        expect([bytes, allocations]).toEqual([kept.bytes, kept.allocations]);
      }
    });
  });

  it('a tree by a coarser level has no more nodes, and the same amounts', () => {
    check(34, ({locations, query}) => {
      const trees = LEVELS.map(by => derive({locations}, {steps: withoutZoom(query), by}).tree);
      const [line, name, file] = trees.map(tree => tree.length);
      expect(name).toBeLessThanOrEqual(line!);
      expect(file).toBeLessThanOrEqual(name!);
      expect(new Set(trees.map(tree => tree.bytes[0])).size).toBe(1);
    });
  });
});

describe('order', () => {
  it('of the siblings changes nothing else', () => {
    check(41, ({locations, query}) => {
      const lines = SORT_KEYS.map(sort => describeTree({locations}, {...query, sort}).sort());
      expect(new Set(lines.map(each => each.join('\n'))).size).toBe(1);
    });
  });

  it('is the very reverse with reverse', () => {
    check(42, ({locations, query}) => {
      const list = (isReversed: boolean) => {
        const {tree} = derive({locations}, {...query, isReversed});
        return listRows(tree).map(row => JSON.stringify(row));
      };
      expect(list(true)).toEqual(list(false).toReversed());
    });
  });
});

describe('where a stack is', () => {
  it('is the node that its cost is in', () => {
    check(61, ({locations, query}) => {
      const {snapshot, naming} = openLocations(locations);
      const steps = query.steps.filter(step => KEEPING.includes(step.kind));
      const derived = deriveTree(
        snapshot,
        {...DEFAULT_QUERY, steps, by: query.by, biggest: Infinity},
        {naming},
      );
      const {findNearest} = derived.locate()!;
      const own = new Array<number>(derived.tree.length).fill(0);
      snapshot.locations.stack.forEach((stack, location) => {
        own[stack < 0 ? 0 : findNearest(stack)]! += snapshot.locations.bytes[location]!;
      });
      expect(own).toEqual([...derived.tree.selfBytes]);
    });
  });

  it('is the node of its own frame, or nowhere', () => {
    check(62, ({locations, query}) => {
      const {snapshot, naming} = openLocations(locations);
      const steps = query.steps.filter(step => step.kind !== 'package' && step.kind !== 'zoom');
      const {tree, locate} = deriveTree(snapshot, {...DEFAULT_QUERY, steps}, {naming});
      const {frames, strings, stacks} = snapshot;
      locate()!.own.forEach((node, stack) => {
        const frame = stacks.frame[stack]!;
        const {function: name, file, line} = tree.getNode(Math.max(node, 0));
        const names = [strings[frames.function[frame]!], strings[frames.file[frame]!], frames.line[frame]];
        if (node >= 0) expect([name, file, line]).toEqual(names);
      });
    });
  });
});

describe('the written form', () => {
  it('makes the same tree', () => {
    check(51, ({locations, query}) => {
      const read = parseQuery(formatQuery(query));
      expect(describeTree({locations}, read)).toEqual(describeTree({locations}, query));
    });
  });
});
