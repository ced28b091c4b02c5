import {type CallTree, createCallTree, IMPORT_SYSTEM, NATIVE} from '../../tree/call-tree.js';
import {rememberByString} from '../match-frames.js';
import {makeNodes, moveToNodes, type StackSet} from '../stack-set.js';
import {findSuppressed} from '../steps/ignore.js';
import {buildFlat} from './flat.js';
import {listOutermost} from './row-sums.js';
import type {ShapeInput} from './shape.js';

/** The body of a module. */
const MODULE_NAME = '<module>';

/**
 * A table: a row for each module that was imported. Its total is what was allocated while it was imported, with the
 * modules that it imports in turn; its own is without those. What is suppressed is a row as well. The root's own is what no
 * import allocated.
 */
export function buildImports(input: ShapeInput): CallTree {
  const {stacks} = input;
  const importers = listImporters(stacks);
  const suppressed = findSuppressed(stacks);
  // Only the bodies of imported modules stay: what is between them belongs to the one around it. Nobody knows whether an
  // import made what is suppressed.
  const nodes = makeNodes(stacks, (above, frame, add, node) =>
    importers[node] === NO_IMPORT && frame !== suppressed ? above : add(above, frame),
  );
  const bodies = {...input, stacks: moveToNodes(stacks, nodes)};
  const tree = buildFlat(bodies);
  const outermost = listOutermost(bodies.stacks, bodies.level);
  const isOutermost = (node: number): boolean =>
    importers[node] !== NO_IMPORT && outermost[nodes.placed[node]!] === 1;
  return createCallTree(
    {...tree, importer: listRowImporters(input, importers, isOutermost, tree)},
    {getShares: tree.getThreadShares},
  );
}

/** In place of an importer: the node is not the body of an imported module. */
const NO_IMPORT = -2;

/**
 * For each node of the stacks that is the body of an imported module the frame that imported it, −1 where nothing called
 * the import system; NO_IMPORT for all others. A body is imported where the import system is what calls it, whatever
 * native frames there are in between.
 */
function listImporters({length, prefix, frame, frames, strings, flags}: StackSet): Int32Array {
  const isModule = rememberByString(strings, name => name === MODULE_NAME);
  const isImportModule = createImportModuleTest({frames, strings});
  const importers = new Int32Array(length).fill(NO_IMPORT);
  /** The innermost Python frame up to each node: whether it is of the import system. */
  const isImporting = new Uint8Array(length);
  /** The innermost frame up to each node that is neither native nor of the import system, −1 where there is none. */
  const outside = new Int32Array(length);
  for (let node = 0; node < length; node++) {
    const caller = prefix[node]!;
    const own = frame[node]!;
    const callerOutside = caller < 0 ? -1 : outside[caller]!;
    const isCalledByImport = caller >= 0 && isImporting[caller] === 1;
    const isNative = (flags[own]! & NATIVE) !== 0;
    const isImport = (flags[own]! & IMPORT_SYSTEM) !== 0;
    isImporting[node] = Number(isImport || (isNative && isCalledByImport));
    outside[node] = isNative || isImport || isImportModule(own) ? callerOutside : own;
    if (isCalledByImport && !isNative && !isImport && isModule(frames.function[own]!)) {
      importers[node] = callerOutside;
    }
  }
  return importers;
}

/** Whether a node of the stacks has a row in the table: the body of an imported module, or what is suppressed. */
export function createRowTest(stacks: StackSet): (node: number) => boolean {
  const importers = listImporters(stacks);
  const suppressed = findSuppressed(stacks);
  return node => importers[node] !== NO_IMPORT || stacks.frame[node] === suppressed;
}

/** `importlib.import_module`, which only passes an import on. */
function createImportModuleTest({
  frames,
  strings,
}: Pick<StackSet, 'frames' | 'strings'>): (frame: number) => boolean {
  const isName = rememberByString(strings, name => name === 'import_module');
  const isFile = rememberByString(strings, file => file.endsWith('importlib/__init__.py'));
  return frame => isName(frames.function[frame]!) && isFile(frames.file[frame]!);
}

/**
 * The frame that imported the module of each row, −1 for none; of a package, what imported it from outside. A module runs
 * once; where it ran several times (in several processes, or when it was reloaded), the biggest location decides: stacks
 * stand in the order of the locations.
 * @param isOutermost whether a node is the body of an imported module that is not imported by its own row
 */
function listRowImporters(
  {stacks: {prefix, frame, ends}, level, shown}: ShapeInput,
  importers: Int32Array,
  isOutermost: (node: number) => boolean,
  tree: CallTree,
): Int32Array {
  const rowOf = new Int32Array(level.frames.length);
  for (let row = 1; row < tree.length; row++) {
    if (tree.frame[row]! >= 0) rowOf[tree.frame[row]!] = row;
  }
  const found = new Int32Array(tree.length).fill(NO_IMPORT);
  const isSeen = new Uint8Array(prefix.length);
  for (let index = 0; index < shown; index++) {
    for (let node = ends[index]!; node >= 0 && isSeen[node] === 0; node = prefix[node]!) {
      isSeen[node] = 1;
      const row = isOutermost(node) ? rowOf[level.keyOf[frame[node]!]!]! : 0;
      if (row > 0 && found[row] === NO_IMPORT) found[row] = importers[node]!;
    }
  }
  return found.map(importer => Math.max(-1, importer));
}
