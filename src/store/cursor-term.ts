import type {Snapshot} from '../heap/snapshot.js';
import type {Pattern, Term, TermField} from '../query/grammar/term.js';
import {matchFrames} from '../query/match-frames.js';
import type {Level} from '../query/tree-query.js';
import {DROPPED} from '../tree/frame-rules.js';
import {matchStrings} from '../tree/search.js';
import {nameFiles} from './shown-snapshot.js';
import type {TreeState} from './state.js';

/** Frames without a function are a file, a module or a package, by the level. */
const FIELDS: Readonly<Record<Level, TermField>> = {
  line: 'file',
  function: 'file',
  file: 'file',
  module: 'mod',
  package: 'pkg',
};

/** Many files have functions of these names, if not in one capture: they are never written without their file. */
const NAMELESS = /^<.*>$/;

type CursorState = Pick<TreeState, 'filtered' | 'cursorNode' | 'query'>;
type KnownState = Pick<TreeState, 'snapshot' | 'run' | 'history' | 'status' | 'moduleFolders'>;

/** Whether the selected function has a row in tables only: in all other shapes there is nothing around it. */
export function isOnlyInTables({filtered, cursorNode}: CursorState): boolean {
  return (filtered.tree.flags[cursorNode]! & DROPPED) !== 0;
}

/** Whether there is a term for the selected row. Costs nothing. */
export function hasCursorTerm(state: CursorState): boolean {
  return nameCursor(state) !== null;
}

/**
 * The term that matches the function of the selected row, and no other; null for the root and what has no name. It is
 * as short as it can be while no other function that is read has the name.
 */
export function describeCursor(state: CursorState & KnownState): Term | null {
  const term = nameCursor(state);
  if (term === null) return null;
  const {query, cursorNode, filtered} = state;
  const {function: name, file, line} = filtered.tree.getNode(cursorNode);
  if (name === '' && query.shape.kind === 'lines') return describeLine(state, file!, line!) ?? term;
  return term.field === 'fn' ? shorten(state, term) : term;
}

/** The term in its long form: a function with its file. */
function nameCursor({filtered, cursorNode, query}: CursorState): Term | null {
  const {function: name, file} = filtered.tree.getNode(cursorNode);
  if (cursorNode === 0 || name === null || file === null) return null;
  if (name !== '') return {field: 'fn', patterns: [{kind: 'whole', text: name, file}]};
  if (file === '') return null;
  const field = query.shape.kind === 'lines' ? 'file' : FIELDS[query.by];
  return {field, patterns: [{kind: 'whole', text: file}]};
}

function shorten(state: KnownState, term: Term): Term {
  const [{kind, text, file}] = term.patterns as readonly [Pattern];
  const known = [state.snapshot, state.run, state.history?.open().base ?? null];
  // More functions may come.
  const isKnown = state.status !== 'reading' && !NAMELESS.test(text);
  const isAlone = isKnown && known.every(each => each === null || !hasNamesake(each, text, file!));
  return isAlone ? {field: term.field, patterns: [{kind, text}]} : term;
}

/** Whether there is another function that a name alone would match: of another file, or in other letters. */
function hasNamesake({frames, strings}: Snapshot, name: string, file: string): boolean {
  const folded = name.toLowerCase();
  const isFound = matchStrings(strings, folded);
  for (let frame = 0; frame < frames.length; frame++) {
    if (isFound[frames.function[frame]!] === 0) continue;
    const other = strings[frames.function[frame]!]!;
    if (other.toLowerCase() !== folded) continue;
    if (other !== name || strings[frames.file[frame]!] !== file) return true;
  }
  return false;
}

/** The functions that have a line together, of those that the table is about; null where none is found. */
function describeLine(
  {snapshot, query, moduleFolders}: CursorState & KnownState,
  file: string,
  line: number,
) {
  const {shape} = query;
  if (snapshot === null || shape.kind !== 'lines') return null;
  const {frames, strings} = snapshot;
  const isMatch = matchFrames({frames, strings, snapshot}, shape.term, nameFiles(snapshot, moduleFolders));
  const names = new Set<string>();
  for (let frame = 0; frame < frames.length; frame++) {
    const isThere = frames.line[frame] === line && strings[frames.file[frame]!] === file;
    if (isThere && isMatch[frame] === 1) names.add(strings[frames.function[frame]!]!);
  }
  const patterns = Array.from(names, (text): Pattern => ({kind: 'whole', text, file}));
  return patterns.length === 0 ? null : ({field: 'fn', patterns} satisfies Term);
}

/** The term that matches the file of the selected row; null where it has none. Modules and packages have several. */
export function describeFile({filtered, cursorNode, query}: CursorState): Term | null {
  const {file} = filtered.tree.getNode(cursorNode);
  const hasFiles = FIELDS[query.by] === 'file' || query.shape.kind === 'lines';
  if (file === null || file === '' || !hasFiles) return null;
  return {field: 'file', patterns: [{kind: 'whole', text: file}]};
}
