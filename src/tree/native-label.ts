import {getBaseName} from '../format/base-name.js';
import {SYMBOL_STATES, type SymbolState} from '../symbols/native-frame.js';
import type {CallTree} from './call-tree.js';

/** What a row shows instead of memray's `<unknown>`. */
export interface NativeLabel {
  readonly function: string;
  readonly place: string;
}

/** Why nothing is known of a library. */
const REMARKS: Readonly<Partial<Record<SymbolState, string>>> = {
  'not-found': '(not found here)',
  changed: '(changed since the capture)',
};

/** What memray writes where it knows no name or no file. */
const UNKNOWN = '<unknown>';

/** The label of a native node whose name or file is not known; null for all other nodes. */
export function getNativeLabel(tree: CallTree, node: number): NativeLabel | null {
  const {native, frames, strings} = tree;
  if (native === undefined || native.image[node] === -1) return null;
  const frame = tree.frame[node]!;
  if (strings[frames.file[frame]!] !== UNKNOWN) return null;
  const name = strings[frames.function[frame]!]!;
  const images = describeImages(tree, node);
  if (name !== UNKNOWN) return {function: name, place: `in ${images}`};
  const state = SYMBOL_STATES[native.state[node]!];
  return {function: `??? in ${images}`, place: (state && REMARKS[state]) ?? ''};
}

/** "natx.so", or "3 libraries" where several met. */
function describeImages({native, strings}: CallTree, node: number): string {
  const several = native?.mixedImages.get(node);
  if (several !== undefined) return `${several.size} libraries`;
  return getBaseName(strings[native?.image[node] ?? -1] ?? '');
}

/**
 * The recorded path of a native node's image and where in it the call is: "/lib/natx.so+0x11b4". "" for other
 * nodes.
 */
export function describeCall(tree: CallTree, node: number): string {
  const {native, strings} = tree;
  if (native === undefined || native.image[node] === -1) return '';
  const path = strings[native.image[node]!];
  return path === undefined ? describeImages(tree, node) : `${path}${describeOffset(native.offset[node]!)}`;
}

function describeOffset(offset: number): string {
  return offset < 0 ? '' : `+0x${offset.toString(16)}`;
}

/**
 * The file to look for when a node's source is to be shown: its own, or, where a compiler named it relative
 * to the folder it ran in, that folder and the name.
 */
export function getSourceFile(tree: CallTree, node: number): string {
  const {native, frames, strings} = tree;
  const file = strings[frames.file[tree.frame[node]!]!] ?? '';
  const directory = strings[native?.directory[node] ?? -1] ?? '';
  const isRelative = directory.startsWith('/') && !file.startsWith('/') && file !== UNKNOWN;
  return isRelative ? `${directory}/${file}` : file;
}
