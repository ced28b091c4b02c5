import {checkOptionalFunctions, isObject, readCells, wrongType} from '../base/check.js';
import {isCommand} from '../commands/commands.js';
import type {TreeStoreOptions} from './create-tree-store.js';

// What comes into a store from its host is checked here, before it becomes state: a wrong value ends in a
// TypeError that names it, and the state stays as it was.

const FUNCTIONS = [
  'moduleOf',
  'onQuit',
  'onSuspend',
  'onReload',
  'onSave',
  'onRedraw',
  'onRequestView',
  'onCancelRequest',
  'onSelectView',
  'onSwitchView',
  'onCopy',
  'onOpenSource',
  'onExport',
] as const;
const SNAPSHOT_FIELDS = ['capture', 'view', 'elided', 'locations', 'stacks', 'frames', 'strings'] as const;

export function checkOptions(options: unknown): asserts options is TreeStoreOptions {
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  checkOptionalFunctions(options, FUNCTIONS);
  if (options.name !== undefined) checkString('name', options.name);
  if (options.snapshot !== undefined) checkSnapshot('snapshot', options.snapshot);
  if (options.filters !== undefined && !isObject(options.filters)) {
    throw wrongType('filters', 'an object', options.filters);
  }
}

/** @throws TypeError where it is no store */
export function checkStore(store: unknown): void {
  if (!isObject(store) || typeof store.getState !== 'function' || !isObject(store.actions)) {
    throw wrongType('store', 'made by createTreeStore', store);
  }
}

export function checkString(path: string, value: unknown): void {
  if (typeof value !== 'string') throw wrongType(path, 'a string', value);
}

export function checkStrings(path: string, values: unknown): void {
  const isList = Array.isArray(values) && values.every(value => typeof value === 'string');
  if (!isList) throw wrongType(path, 'an array of strings', values);
}

export function checkCommand(command: unknown): void {
  if (!isCommand(command)) throw wrongType('command', 'the name of a command', command);
}

export function checkKeymap(keymap: unknown): void {
  if (!isObject(keymap) || typeof keymap.getCommand !== 'function') {
    throw wrongType('keymap', 'made by createKeymap', keymap);
  }
}

/** A message of a load: of the right kind, with what belongs to it. */
export function checkMessage(message: unknown): void {
  if (!isObject(message)) throw wrongType('message', 'an object', message);
  const {type, progress, partial, snapshot} = message;
  if (type === 'failed') {
    checkString('message.message', message.message);
    return;
  }
  if (type !== 'progress' && type !== 'done') {
    throw wrongType('message.type', '"progress", "done" or "failed"', type);
  }
  if (!isObject(progress)) throw wrongType('message.progress', 'an object', progress);
  if (type === 'done') checkSnapshot('message.snapshot', snapshot);
  if (type === 'progress' && partial !== null) checkSnapshot('message.partial', partial);
}

/** A source that was read. */
export function checkExcerpt(excerpt: unknown): void {
  if (!isObject(excerpt)) throw wrongType('excerpt', 'an object', excerpt);
  checkString('excerpt.file', excerpt.file);
  if (!isObject(excerpt.result)) throw wrongType('excerpt.result', 'an object', excerpt.result);
}

/** What the texts of the source pane depend on. */
export function checkSourceContext(context: unknown): void {
  if (!isObject(context)) throw wrongType('context', 'an object', context);
  checkString('context.leftOut', context.leftOut);
  if (!isObject(context.hints)) throw wrongType('context.hints', 'an object', context.hints);
}

const SAVE_KINDS: readonly unknown[] = ['unsaved', 'lost', 'saving', 'saved'];

/** What becomes of a live run. */
export function checkSave(save: unknown): void {
  if (!isObject(save)) throw wrongType('save', 'an object', save);
  if (!SAVE_KINDS.includes(save.kind)) {
    throw wrongType('save.kind', '"unsaved", "lost", "saving" or "saved"', save.kind);
  }
  if (save.path !== null) checkString('save.path', save.path);
  if (save.failure !== null) checkString('save.failure', save.failure);
}

function checkSnapshot(path: string, snapshot: unknown): void {
  if (!isObject(snapshot)) throw wrongType(path, 'the snapshot of a load', snapshot);
  for (const name of SNAPSHOT_FIELDS) {
    const value = snapshot[name];
    if (!isObject(value)) throw wrongType(`${path}.${name}`, 'that of a load', value);
  }
}

/** A size in cells; none where it is not known. */
export function toSize<Names extends string>(size: Readonly<Record<Names, number>>): Record<Names, number> {
  const entries = Object.entries<number>(size).map(([name, cells]) => [name, readCells(cells) ?? 0]);
  return Object.fromEntries(entries) as Record<Names, number>;
}

/** How far something can be scrolled; without an end where that is not known. */
export function toRange(firstRow: number, lastRow: number) {
  const isNumber = (row: unknown) => typeof row === 'number' && !Number.isNaN(row);
  return {
    firstRow: isNumber(firstRow) ? Math.floor(firstRow) : -Infinity,
    lastRow: isNumber(lastRow) ? Math.floor(lastRow) : Infinity,
  };
}

/** The column or row of a cell; NaN, which is in no pane, where none is given. */
export function toCell(given: number): number {
  return typeof given === 'number' ? Math.floor(given) : Number.NaN;
}

/** More rows than anything has. */
const MANY_ROWS = 1e9;

export function checkButton(button: unknown): void {
  if (button !== 'left' && button !== 'right') throw wrongType('button', '"left" or "right"', button);
}

/** By how many rows something is scrolled. */
export function toStep(rowCount: number): number {
  if (typeof rowCount !== 'number' || Number.isNaN(rowCount)) return 0;
  return Math.max(-MANY_ROWS, Math.min(Math.trunc(rowCount), MANY_ROWS));
}
