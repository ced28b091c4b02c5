import {formatShape, formatStep} from '../../src/query/grammar/format-query.js';
import {formatTerm} from '../../src/query/grammar/term.js';
import type {Naming} from '../../src/query/naming.js';
import type {SortKey, TreeQuery} from '../../src/query/tree-query.js';
import {
  applyStep,
  atLevel,
  dropInterpreterFrames,
  isImportSystem,
  isUninteresting,
  type Locations,
  matchesTerm,
  type ReferenceFrame,
  type ReferenceLocation,
} from './reference-query.js';

/** A node as a nested object. */
export interface ReferenceNode {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** Of a row of places. */
  readonly allocator?: string;
  bytes: number;
  allocations: number;
  /** Own amounts: of what ends here. */
  selfBytes: number;
  selfAllocations: number;
  /** Bytes by the label of the thread. */
  readonly threads: Map<string, number>;
  /** In the order in which they were first reached, until they are sorted. */
  children: ReferenceNode[];
}

export interface ReferenceAmount {
  readonly bytes: number;
  readonly allocations: number;
  readonly locations: number;
}

export interface ReferenceResult {
  readonly root: ReferenceNode;
  readonly kept: ReferenceAmount;
  readonly of: ReferenceAmount;
  readonly elided: ReferenceAmount;
  readonly namingNothing: readonly string[];
}

/** @param given all locations, biggest first, equals in memray's order */
export function runReferenceQuery(given: Locations, query: TreeQuery, naming: Naming): ReferenceResult {
  const namingNothing: string[] = [];
  const isWhole = query.shape.kind === 'flat' || query.shape.kind === 'places';
  let locations = isWhole ? given : dropInterpreterFrames(given);
  for (const step of query.steps) {
    const result = applyStep(locations, step, query.by, naming);
    locations = result.locations;
    if (result.namesNothing) namingNothing.push(formatStep(step));
  }
  const {shape} = query;
  if (shape.kind === 'callers' || shape.kind === 'callees') {
    locations = cutAtTerm(locations, frame => matchesTerm(shape.term, frame, naming), shape.kind);
    if (locations.length === 0) namingNothing.push(`${shape.kind}:${formatTerm(shape.term)}`);
  }
  if (shape.kind === 'lines') {
    const isMatch = (frame: ReferenceFrame) => matchesTerm(shape.term, frame, naming);
    if (!locations.some(location => location.stack.some(isMatch))) {
      locations = [];
      namingNothing.push(formatShape(shape));
    }
  }
  const isTable = ['flat', 'lines', 'imports', 'places'].includes(shape.kind);
  const limit = query.biggest ?? (isTable ? Infinity : 200);
  const shown = locations.slice(0, limit).map(location => ({
    ...location,
    stack: changeStack(location.stack, query, naming),
  }));
  const root =
    shape.kind === 'lines'
      ? buildLines(shown, locations, frame => matchesTerm(shape.term, frame, naming))
      : buildShape(shown, shape.kind);
  sortNodes(root, query);
  return {
    root,
    kept: sumUp(locations),
    of: sumUp(given),
    elided: sumUp(locations.slice(limit)),
    namingNothing,
  };
}

/** The frames that a shape is made of. */
function changeStack(
  stack: readonly ReferenceFrame[],
  {shape, by}: TreeQuery,
  naming: Naming,
): readonly ReferenceFrame[] {
  if (shape.kind === 'lines') return stack;
  if (shape.kind === 'imports') return atLevel(listImported(stack), by === 'line' ? 'function' : by, naming);
  return atLevel(stack, by, naming);
}

/** The bodies of modules that the import system called, native frames in between or not; and what is suppressed. */
function listImported(stack: readonly ReferenceFrame[]): readonly ReferenceFrame[] {
  return stack.filter((frame, at) => {
    if (frame.file === '<suppressed>') return true;
    const callers = stack.slice(0, at);
    const nearest = callers.findLast(each => each.image === undefined || isImportSystem(each));
    const isBody = frame.image === undefined && frame.function === '<module>' && !isImportSystem(frame);
    return isBody && nearest !== undefined && isImportSystem(nearest);
  });
}

/**
 * A row for each line of the frames that match; a stack counts once in a row.
 * @param kept where several functions have a line, it is called after none
 */
function buildLines(
  locations: Locations,
  kept: Locations,
  isMatch: (frame: ReferenceFrame) => boolean,
): ReferenceNode {
  const functions = new Map<string, Set<string>>();
  const keyOf = ({file, line}: ReferenceFrame) => JSON.stringify([file, line]);
  for (const frame of kept.flatMap(location => location.stack).filter(isMatch)) {
    functions.set(keyOf(frame), (functions.get(keyOf(frame)) ?? new Set()).add(frame.function));
  }
  const root = createNode({function: '<ROOT>', file: '', line: 0});
  const toRow = (frame: ReferenceFrame) => {
    const names = [...functions.get(keyOf(frame))!];
    return getChild(root, {...frame, function: names.length === 1 ? names[0]! : ''});
  };
  for (const location of locations) {
    addTotal(root, location);
    const rows = new Set(location.stack.filter(isMatch).map(toRow));
    for (const row of rows) addTotal(row, location);
    const innermost = location.stack.at(-1);
    addOwn(innermost !== undefined && isMatch(innermost) ? toRow(innermost) : root, location);
  }
  return root;
}

/** Of each stack with a match what is outside of its outermost match, or what is inside, the match included. */
function cutAtTerm(
  locations: Locations,
  isMatch: (frame: ReferenceFrame) => boolean,
  side: 'callers' | 'callees',
): Locations {
  return locations
    .filter(location => location.stack.some(isMatch))
    .map(location => {
      const outermost = location.stack.findIndex(isMatch);
      const stack =
        side === 'callers' ? location.stack.slice(0, outermost + 1) : location.stack.slice(outermost);
      return {...location, stack};
    });
}

function buildShape(locations: Locations, kind: TreeQuery['shape']['kind']): ReferenceNode {
  if (kind === 'flat' || kind === 'imports') return buildTable(locations);
  if (kind === 'places') return buildPlaces(locations);
  const isInnermostFirst = kind === 'inverted' || kind === 'callers';
  return buildTree(
    locations.map(location => ({
      ...location,
      stack: isInnermostFirst ? location.stack.toReversed() : location.stack,
    })),
  );
}

function buildTree(locations: Locations): ReferenceNode {
  const root = createNode({function: '<ROOT>', file: '', line: 0});
  for (const location of locations) {
    let node = root;
    addTotal(root, location);
    for (const frame of location.stack) {
      node = getChild(node, frame);
      addTotal(node, location);
    }
    addOwn(node, location);
  }
  return root;
}

/** A row for each frame; a stack counts once in a row. */
function buildTable(locations: Locations): ReferenceNode {
  const root = createNode({function: '<ROOT>', file: '', line: 0});
  for (const location of locations) {
    addTotal(root, location);
    const rows = new Set(location.stack.map(frame => getChild(root, frame)));
    for (const row of rows) addTotal(row, location);
    const innermost = location.stack.at(-1);
    addOwn(innermost === undefined ? root : getChild(root, innermost), location);
  }
  return root;
}

/** A row for each innermost frame and allocator. */
function buildPlaces(locations: Locations): ReferenceNode {
  const root = createNode({function: '<ROOT>', file: '', line: 0});
  for (const {stack, thread, ...location} of locations) {
    addTotal(root, {...location, stack, thread});
    for (const {allocator, size, count} of location.blocks) {
      const frame = stack.at(-1) ?? {function: '', file: '', line: 0};
      const part = {...location, stack, thread, bytes: size * count, allocations: count};
      const row = getChild(root, {...frame, allocator});
      addTotal(row, part);
      addOwn(row, part);
    }
  }
  return root;
}

function getChild(
  parent: ReferenceNode,
  frame: ReferenceFrame & {readonly allocator?: string},
): ReferenceNode {
  let child = parent.children.find(
    node =>
      node.function === frame.function &&
      node.file === frame.file &&
      node.line === frame.line &&
      node.allocator === frame.allocator,
  );
  if (child === undefined) {
    child = {...createNode(frame), ...(frame.allocator && {allocator: frame.allocator})};
    parent.children.push(child);
  }
  return child;
}

function createNode({function: name, file, line}: ReferenceFrame): ReferenceNode {
  const nothing = {bytes: 0, allocations: 0, selfBytes: 0, selfAllocations: 0};
  return {function: name, file, line, ...nothing, threads: new Map(), children: []};
}

function addTotal(node: ReferenceNode, {bytes, allocations, thread}: ReferenceLocation): void {
  node.bytes += bytes;
  node.allocations += allocations;
  node.threads.set(thread, (node.threads.get(thread) ?? 0) + bytes);
}

function addOwn(node: ReferenceNode, {bytes, allocations}: ReferenceLocation): void {
  node.selfBytes += bytes;
  node.selfAllocations += allocations;
}

function sortNodes(node: ReferenceNode, query: Pick<TreeQuery, 'sort' | 'isReversed' | 'shape'>): void {
  const {sort, isReversed, shape} = query;
  // Both sorts are stable: equals stay in the order of the total, and that of memray.
  node.children.sort((a, b) => b.bytes - a.bytes);
  const isByLine = sort === 'name' && shape.kind === 'lines';
  node.children.sort((a, b) =>
    isByLine ? compareNames(a.file, b.file) || a.line - b.line : compareNodes(a, b, sort),
  );
  if (isReversed) node.children.reverse();
  for (const child of node.children) sortNodes(child, query);
}

function compareNodes(a: ReferenceNode, b: ReferenceNode, sort: SortKey): number {
  switch (sort) {
    case 'total':
      return b.bytes - a.bytes;
    case 'own':
      return b.selfBytes - a.selfBytes;
    case 'count':
      return b.allocations - a.allocations;
    case 'mean': {
      const difference = BigInt(b.bytes) * BigInt(a.allocations) - BigInt(a.bytes) * BigInt(b.allocations);
      return Number(difference);
    }
    case 'name':
      return compareNames(getName(a), getName(b));
  }
}

function getName(node: ReferenceNode): string {
  return node.function === '' ? node.file : node.function;
}

function compareNames(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function sumUp(locations: Locations): ReferenceAmount {
  const sum = (pick: (location: ReferenceLocation) => number) =>
    locations.reduce((total, location) => total + pick(location), 0);
  return {
    bytes: sum(location => location.bytes),
    allocations: sum(location => location.allocations),
    locations: locations.length,
  };
}

/** Labels of threads, by bytes, then by label. */
function listThreads({threads}: ReferenceNode): string[] {
  return [...threads.entries()]
    .sort(([a, bytesA], [b, bytesB]) => bytesB - bytesA || (a < b ? -1 : 1))
    .map(([label]) => label);
}

/** One line for each node, from top to bottom, as `describeDerived` of helpers/describe-derived.ts. */
export function describeReference(root: ReferenceNode, depth = 0): string[] {
  const {function: name, file, line, bytes, allocations, selfBytes, selfAllocations, allocator = ''} = root;
  const frame = {function: name, file, line};
  const flags = depth === 0 ? [false, true] : [isImportSystem(frame), !isUninteresting(frame)];
  const amounts = [bytes, allocations, selfBytes, selfAllocations];
  return [
    JSON.stringify([depth, name, file, line, ...amounts, listThreads(root), ...flags, allocator]),
    ...root.children.flatMap(child => describeReference(child, depth + 1)),
  ];
}
