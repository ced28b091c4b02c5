import {escapeText, QueryError, type Word} from '../grammar/word.js';
import {isRunLevel, nameLevel} from '../level.js';
import {GONE, isInterpreterFrame, rebuildStacks, type StackSet} from '../stack-set.js';
import type {StepContext, StepKind} from './step-kind.js';

/** A frame of a path. Line 0 stands for any line; a file alone also for a file, a module or a package as one frame. */
export interface PathFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

export interface ZoomStep {
  readonly kind: 'zoom';
  /** From the outermost frame on; at least one. */
  readonly path: readonly PathFrame[];
}

/**
 * PATH: `main@app.py:3>load@data.py:10`. A ">" separates frames only after `@file:line`. It is a path of the tree: frames
 * of the interpreter that are not in the tree may stand between two of its frames.
 */
export const zoom: StepKind<ZoomStep> = {
  kind: 'zoom',
  usage: 'zoom:PATH',
  help: 'one node is the only child of the root: FUNCTION@FILE:LINE>… from the outermost frame on',
  needsAllLocations: true,
  parse: value => ({kind: 'zoom', path: parsePath(value!)}),
  formatValue: ({path}) => path.map(formatFrame).join('>'),
  apply: zoomStacks,
};

function parsePath(word: Word): readonly PathFrame[] {
  const path: PathFrame[] = [];
  for (let at: number | null = 0; at !== null; ) {
    const {frame, next} = readFrame(word, at);
    path.push(frame);
    at = next;
  }
  return path;
}

/** @returns the frame and where the one after it begins, null after the last one */
function readFrame(
  {text, isLiteral, start}: Word,
  from: number,
): {readonly frame: PathFrame; readonly next: number | null} {
  let at = from;
  while (at < text.length && (text[at] !== '@' || isLiteral[at] === 1)) at++;
  const ends = /:(\d+)(>|$)/g;
  ends.lastIndex = at;
  for (let found = ends.exec(text); found !== null; found = ends.exec(text)) {
    const separator = found.index + 1 + found[1]!.length;
    if (isLiteral[found.index] === 1 || isLiteral[separator] === 1) continue;
    const frame = {
      function: text.slice(from, at),
      file: text.slice(at + 1, found.index),
      line: Number(found[1]),
    };
    return {frame, next: separator < text.length ? separator + 1 : null};
  }
  throw new QueryError('a frame of a path is FUNCTION@FILE:LINE', start);
}

function formatFrame({function: name, file, line}: PathFrame): string {
  return `${escapeText(name).replaceAll('@', '\\@')}@${escapeText(file).replaceAll('>', '\\>')}:${line}`;
}

/** States of a node: how many frames of the path the way to it has matched, or that it is outside. */
const OUTSIDE = -1;

function zoomStacks(stacks: StackSet, {path}: ZoomStep, context: StepContext): StackSet {
  const matched = matchPath(stacks, path, context);
  const zoomed = rebuildStacks(
    stacks,
    (above, frame, add, node) => {
      if (above >= 0) return add(above, frame);
      return matched[node] === path.length ? add(-1, frame) : GONE;
    },
    GONE,
  );
  if (zoomed.locations.length === 0) context.onNothingNamed();
  return zoomed;
}

function matchPath(stacks: StackSet, path: readonly PathFrame[], {naming, level}: StepContext): Int32Array {
  const {frames, strings, prefix} = stacks;
  const hasRuns = isRunLevel(level);
  const nameOf = (frame: number): string => nameLevel(level, strings[frames.file[frame]!]!, naming);
  const isAt = (frame: number, at: PathFrame): boolean => {
    const name = strings[frames.function[frame]!]!;
    const file = strings[frames.file[frame]!]!;
    if (name === at.function && file === at.file && (at.line === 0 || at.line === frames.line[frame])) {
      return true;
    }
    return hasRuns && at.function === '' && at.line === 0 && nameOf(frame) === at.file;
  };
  const matched = new Int32Array(stacks.length);
  // For each node itself or the nearest caller that is in the tree.
  const inTree = new Int32Array(stacks.length);
  for (let node = 0; node < stacks.length; node++) {
    const above = prefix[node]!;
    const caller = above < 0 ? -1 : inTree[above]!;
    const before = above < 0 ? 0 : matched[above]!;
    const frame = stacks.frame[node]!;
    const isBetween = isInterpreterFrame(stacks, frame);
    inTree[node] = isBetween ? caller : node;
    // The next frame of a run is still at the same place of the path.
    const isGoingOn =
      hasRuns &&
      before > 0 &&
      caller >= 0 &&
      nameOf(stacks.frame[caller]!) === nameOf(frame) &&
      path[before - 1]!.function === '';
    if (isBetween || isGoingOn) matched[node] = before;
    else
      matched[node] =
        before >= 0 && before < path.length && isAt(frame, path[before]!) ? before + 1 : OUTSIDE;
  }
  return matched;
}
