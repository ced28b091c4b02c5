import {isObject, wrongType} from '../base/check.js';
import {ELIDED, IMPORT_SYSTEM, UNINTERESTING} from './call-tree.js';
import type {CallNode} from './tree-interface.js';

/** A line has to fit into a column of 32 bits. */
const MAX_LINE = 2 ** 31 - 1;

/** A node of a tree from outside, complete and of the right types. Numbers that it does not have are NaN. */
export interface NodeRecord extends CallNode {
  readonly flags: number;
}

/** What to call a node or a field in a message. */
type GetPath = () => string;

/**
 * Reads a node in either form (`name` and `value`, or `function` and `bytes`), each field once.
 * @param getPath the node in messages: `tree.children[3]`
 * @throws TypeError that names the field
 */
export function readNodeRecord(given: unknown, getPath: GetPath): NodeRecord {
  if (!isObject(given)) throw wrongType(getPath(), 'an object', given);
  const {name, value, function: functionName, bytes} = given;
  const isCall = name === undefined && value === undefined && (functionName ?? bytes) !== undefined;
  const elided = readFlag(given, 'elided', false, getPath);
  const importSystem = readFlag(given, 'importSystem', false, getPath);
  const interesting = readFlag(given, 'interesting', true, getPath);
  return {
    function: elided ? null : isCall ? readFunction(functionName, getPath) : readText(name, 'name', getPath),
    file: elided ? null : readText(given.file ?? '', 'file', getPath),
    line: elided ? null : readLine(given.line ?? 0, getPath),
    bytes: isCall ? readNumber(bytes, 'bytes', getPath) : readNumber(value, 'value', getPath),
    allocations: readOptionalNumber(given, 'allocations', getPath),
    selfBytes: readOptionalNumber(given, isCall ? 'selfBytes' : 'selfValue', getPath),
    selfAllocations: readOptionalNumber(given, 'selfAllocations', getPath),
    threads: readThreads(given.threads, getPath),
    importSystem,
    interesting,
    ...(elided ? ELIDED_MARK : null),
    flags: (importSystem ? IMPORT_SYSTEM : 0) | (interesting ? 0 : UNINTERESTING) | (elided ? ELIDED : 0),
  };
}

const ELIDED_MARK = {elided: true} as const;
const NO_THREADS: readonly string[] = [];

/** The root of a call tree may have no name. */
function readFunction(value: unknown, getPath: GetPath): string {
  return value === null ? '' : readText(value, 'function', getPath);
}

function readThreads(value: unknown, getPath: GetPath): readonly string[] {
  return (value ?? null) === null ? NO_THREADS : readTexts(value, () => `${getPath()}.threads`);
}

/** A list of strings. */
export function readTexts(value: unknown, getPath: GetPath): readonly string[] {
  if (!Array.isArray(value)) throw wrongType(getPath(), 'an array of strings', value);
  return Array.from(value, (text: unknown, index) => {
    if (typeof text !== 'string') throw wrongType(`${getPath()}[${index}]`, 'a string', text);
    return text;
  });
}

type Fields = Readonly<Record<string, unknown>>;

function readText(value: unknown, name: string, getPath: GetPath): string {
  if (typeof value !== 'string') throw wrongType(`${getPath()}.${name}`, 'a string', value);
  return value;
}

function readNumber(value: unknown, name: string, getPath: GetPath): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw wrongType(`${getPath()}.${name}`, 'a finite number', value);
  }
  return value;
}

function readOptionalNumber(fields: Fields, name: string, getPath: GetPath): number {
  const value = fields[name] ?? null;
  return value === null ? Number.NaN : readNumber(value, name, getPath);
}

function readLine(value: unknown, getPath: GetPath): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_LINE) {
    throw wrongType(`${getPath()}.line`, `a whole number from 0 to ${MAX_LINE}`, value);
  }
  return value;
}

function readFlag(fields: Fields, name: string, missing: boolean, getPath: GetPath): boolean {
  const value = fields[name] ?? missing;
  if (typeof value !== 'boolean') throw wrongType(`${getPath()}.${name}`, 'true or false', value);
  return value;
}
