import type {Pattern, Term} from '../../src/query/grammar/term.js';
import type {Naming} from '../../src/query/naming.js';
import type {Step} from '../../src/query/steps/steps.js';
import type {PathFrame} from '../../src/query/steps/zoom.js';
import type {Level} from '../../src/query/tree-query.js';
import {getFrameFlags} from '../../src/tree/frame-rules.js';

/**
 * The steps of a query over plain arrays, in the plainest way: what src/query must yield for any stacks. It shares
 * nothing with src/query but the names of modules and packages.
 */

export interface ReferenceFrame {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** The library of a native frame; absent for a Python frame. */
  readonly image?: string;
}

export interface ReferenceLocation {
  /** Outermost frame first. */
  readonly stack: readonly ReferenceFrame[];
  readonly bytes: number;
  readonly allocations: number;
  readonly thread: string;
  /** They make up the bytes and the allocations. */
  readonly blocks: readonly ReferenceBlock[];
  /** Among all of the capture, biggest first. */
  readonly index: number;
}

export interface ReferenceBlock {
  readonly allocator: string;
  readonly size: number;
  readonly count: number;
}

export type Locations = readonly ReferenceLocation[];

const IMPORT_SYSTEM = 1;
const UNINTERESTING = 2;
const DROPPED = 8;

/** Frames of the interpreter that make no node are not there for any step of another shape than a table. */
export function dropInterpreterFrames(locations: Locations): Locations {
  return mapStacks(locations, stack => stack.filter(frame => !isDropped(frame)));
}

function isDropped(frame: ReferenceFrame): boolean {
  return (getFlags(frame) & DROPPED) !== 0;
}

export interface StepResult {
  readonly locations: Locations;
  /** Whether the step matches nothing of the stacks that it got. */
  readonly namesNothing: boolean;
}

export function applyStep(locations: Locations, step: Step, level: Level, naming: Naming): StepResult {
  const stacks = locations.map(location => location.stack);
  switch (step.kind) {
    case 'thread': {
      const isMatch = (location: ReferenceLocation) =>
        step.patterns.some(pattern => matchesPattern(pattern, location.thread));
      return found(locations.filter(isMatch), locations.some(isMatch));
    }
    case 'zoom': {
      const zoomed = locations.flatMap(location => {
        const stack = zoomStack(location.stack, step.path, level, naming);
        return stack === null ? [] : [{...location, stack}];
      });
      return found(zoomed, zoomed.length > 0);
    }
    case 'package': {
      const isMatch = (frame: ReferenceFrame) => naming.packageOf(frame.file) === step.name;
      const collapsed = mapStacks(locations, stack => joinRuns(stack, isMatch, step.name));
      return found(
        collapsed,
        stacks.some(stack => stack.some(isMatch)),
      );
    }
    case 'module': {
      const isMatch = (location: ReferenceLocation) =>
        step.patterns.some(pattern => matchesPattern(pattern, chargeModule(location.stack)));
      return found(locations.filter(isMatch), locations.some(isMatch));
    }
    case 'alloc': {
      const kept = keepBlocks(locations, ({allocator}) => step.names.includes(allocator));
      return found(kept, kept.length > 0);
    }
    case 'size': {
      const {from, to} = step;
      const kept = keepBlocks(
        locations,
        ({size}) => (from === null || size >= from) && (to === null || size <= to),
      );
      return found(kept, kept.length > 0);
    }
    case 'hide:pools':
      // The captures are those of Python 3.11.
      return found(
        keepBlocks(locations, ({allocator, size}) => allocator !== 'mmap' || size !== 1024 * 1024),
      );
    case 'recursion':
      return found(mapStacks(locations, withoutRecursion));
    case 'hide:imports':
      return found(mapStacks(locations, stack => stack.slice(0, findIndexOrEnd(stack, isImportSystem))));
    case 'hide:uninteresting':
      return found(mapStacks(locations, stack => stack.filter(frame => !isOnlyUninteresting(frame))));
    case 'imports:merge':
      return found(mapStacks(locations, stack => stack.filter(frame => !isImportSystem(frame))));
    case 'native:merge':
      return found(mapStacks(locations, stack => stack.filter(frame => frame.image === undefined)));
    default: {
      const isMatch = (frame: ReferenceFrame) => matchesTerm(step.term, frame, naming);
      const hasMatch = (location: ReferenceLocation) => location.stack.some(isMatch);
      return found(applyTermStep(locations, step.kind, isMatch, hasMatch), locations.some(hasMatch));
    }
  }
}

function found(locations: Locations, namesSomething = true): StepResult {
  return {locations, namesNothing: !namesSomething};
}

function applyTermStep(
  locations: Locations,
  kind: 'through' | 'drop' | 'root' | 'merge' | 'collapse' | 'ignore',
  isMatch: (frame: ReferenceFrame) => boolean,
  hasMatch: (location: ReferenceLocation) => boolean,
): Locations {
  switch (kind) {
    case 'through':
      return locations.filter(hasMatch);
    case 'drop':
      return locations.filter(location => !hasMatch(location));
    case 'ignore': {
      const row = [{function: '', file: '<suppressed>', line: 0}];
      return locations.map(location => (hasMatch(location) ? {...location, stack: row} : location));
    }
    case 'root':
      return mapStacks(locations.filter(hasMatch), stack => stack.slice(stack.findIndex(isMatch)));
    case 'merge':
      return mapStacks(locations, stack => stack.filter(frame => !isMatch(frame)));
    case 'collapse':
      return mapStacks(locations, stack => stack.slice(0, findIndexOrEnd(stack, isMatch) + 1));
  }
}

/** By memray's rule: the innermost Python frame that is not of the standard library says which module is charged. */
function chargeModule(stack: readonly ReferenceFrame[]): string {
  const charged = stack.findLast(
    ({file, image}) => image === undefined && !file.startsWith('<frozen ') && !isStandardLibrary(file),
  );
  return charged === undefined ? '<root>' : nameModule(charged.file);
}

/** The folders are those of the captures that are made up in the tests. */
function isStandardLibrary(file: string): boolean {
  return file.startsWith('/usr/lib/python3.11/') && !file.includes('/site-packages/');
}

function nameModule(file: string): string {
  if (file === '') return 'unknown';
  const below = /^(?:\/usr\/lib\/python3\.11\/site-packages|\/site|\/app)\/(.*)/.exec(file)?.[1];
  const path = below ?? file.slice(file.lastIndexOf('/') + 1);
  const name = path.split('/')[0]!.replace(/\.py$/, '').split('.', 1)[0]!;
  return name === 'memray' ? '<root>' : name;
}

/** Biggest first again; equals in the order of the whole capture. */
function keepBlocks(locations: Locations, isKept: (block: ReferenceBlock) => boolean): Locations {
  return locations
    .map(location => {
      const blocks = location.blocks.filter(isKept);
      const bytes = blocks.reduce((sum, {size, count}) => sum + size * count, 0);
      const allocations = blocks.reduce((sum, {count}) => sum + count, 0);
      return {...location, blocks, bytes, allocations};
    })
    .filter(({blocks}) => blocks.length > 0)
    .sort((a, b) => b.bytes - a.bytes || a.index - b.index);
}

function mapStacks(
  locations: Locations,
  change: (stack: readonly ReferenceFrame[]) => readonly ReferenceFrame[],
): Locations {
  return locations.map(location => ({...location, stack: change(location.stack)}));
}

function findIndexOrEnd<T>(items: readonly T[], isMatch: (item: T) => boolean): number {
  const index = items.findIndex(isMatch);
  return index < 0 ? items.length : index;
}

/**
 * From each frame, outermost first, to the last recurrence of its function, and on from there. Frames of the
 * interpreter do not recur.
 */
function withoutRecursion(stack: readonly ReferenceFrame[]): readonly ReferenceFrame[] {
  const kept: ReferenceFrame[] = [];
  for (let at = 0; at < stack.length; at++) {
    const {function: name, file} = stack[at]!;
    kept.push(stack[at]!);
    const last = stack.findLastIndex(frame => frame.function === name && frame.file === file);
    if (last > at && !isDropped(stack[at]!)) {
      kept.push(stack[last]!);
      at = last;
    }
  }
  return kept;
}

/** Neighbours that match become one frame with this name. */
function joinRuns(
  stack: readonly ReferenceFrame[],
  isMatch: (frame: ReferenceFrame) => boolean,
  name: string,
): readonly ReferenceFrame[] {
  return stack.flatMap((frame, at) => {
    if (!isMatch(frame)) return [frame];
    return at > 0 && isMatch(stack[at - 1]!) ? [] : [{function: '', file: name, line: 0}];
  });
}

/**
 * The stack from the last frame of the path on; null where the stack does not begin with the path. Frames of the
 * interpreter may stand between those of the path.
 */
function zoomStack(
  whole: readonly ReferenceFrame[],
  path: readonly PathFrame[],
  level: Level,
  naming: Naming,
): readonly ReferenceFrame[] | null {
  const places = [...whole.keys()].filter(at => !isDropped(whole[at]!));
  const stack = places.map(at => whole[at]!);
  let start = 0;
  let next = 0;
  for (const step of path) {
    start = next;
    const isRun = step.function === '' && step.line === 0 && isRunLevel(level);
    if (isRun) {
      while (next < stack.length && nameAtLevel(stack[next]!, level, naming) === step.file) next++;
    } else if (next < stack.length && isPathFrame(step, stack[next]!)) {
      next++;
    }
    if (next === start) return null;
  }
  return whole.slice(places[start]);
}

/** Line 0 of a path is any line. */
function isPathFrame(step: PathFrame, frame: ReferenceFrame): boolean {
  return (
    step.function === frame.function &&
    step.file === frame.file &&
    (step.line === 0 || step.line === frame.line)
  );
}

/** The stack as the frames of a level. */
export function atLevel(stack: readonly ReferenceFrame[], level: Level, naming: Naming): ReferenceFrame[] {
  if (level === 'line') return [...stack];
  if (level === 'function') return stack.map(frame => ({...frame, line: 0}));
  const names = stack.map(frame => nameAtLevel(frame, level, naming));
  return names
    .filter((name, at) => at === 0 || names[at - 1] !== name)
    .map(name => ({function: '', file: name, line: 0}));
}

function isRunLevel(level: Level): boolean {
  return level !== 'line' && level !== 'function';
}

function nameAtLevel({file}: ReferenceFrame, level: Level, naming: Naming): string {
  if (level === 'module') return naming.moduleOf(file);
  return level === 'package' ? naming.packageOf(file) : file;
}

export function matchesTerm({field, patterns}: Term, frame: ReferenceFrame, naming: Naming): boolean {
  const {function: name, file, image} = frame;
  const module = naming.moduleOf(file);
  if (field === 'fn' && patterns.some(pattern => pattern.file !== undefined)) {
    return patterns.some(pattern =>
      pattern.file === undefined
        ? matchesPattern(pattern, name)
        : pattern.text === name && pattern.file === file,
    );
  }
  const names = {
    fn: [name],
    file: [file],
    mod: [module],
    pkg: [naming.packageOf(file)],
    any: image === undefined ? [name, file, module] : [name, file, module, image],
  }[field];
  return patterns.some(pattern => names.some(each => matchesPattern(pattern, each)));
}

/** Smart case: case counts where the text holds an upper case letter. */
function matchesPattern({kind, text}: Pattern, name: string): boolean {
  const isExact = text !== text.toLowerCase();
  if (kind === 'regex') return new RegExp(text, isExact ? '' : 'i').test(name);
  const compared = isExact ? name : name.toLowerCase();
  return kind === 'whole' ? compared === text : compared.includes(text);
}

export function isImportSystem(frame: ReferenceFrame): boolean {
  return (getFlags(frame) & IMPORT_SYSTEM) !== 0;
}

/** memray calls the import system uninteresting too. */
export function isUninteresting(frame: ReferenceFrame): boolean {
  return (getFlags(frame) & UNINTERESTING) !== 0;
}

function isOnlyUninteresting(frame: ReferenceFrame): boolean {
  return isUninteresting(frame) && !isImportSystem(frame);
}

/** memray's rules, by the names: they hold for a frame that stands for a file or a package too. */
function getFlags({function: name, file}: ReferenceFrame): number {
  return getFrameFlags(name, file);
}
