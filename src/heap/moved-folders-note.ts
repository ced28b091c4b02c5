import {formatRename, type Rename} from './frame-renames.js';
import {findMovedFolders} from './moved-folders.js';
import {isPairedInTree, nameViews} from './other-callers-note.js';
import {findPairedFunctions} from './paired-functions.js';
import {listSideFunctions} from './side-functions.js';
import type {Snapshot} from './snapshot.js';

/**
 * Which options would pair functions that are in other folders on each side, in one line; empty where none would.
 * @param given renames that are in force already
 */
export function describeMovedFolders(
  heap: Omit<Snapshot, 'capture'>,
  given: readonly Rename[],
): readonly string[] {
  const moved = findMovedFolders(listSideFunctions(heap, true), listSideFunctions(heap, false), given);
  if (moved === null) return [];
  const options = moved.folders.map(folder => formatRename('--path-map', folder)).join(' ');
  const count = `${moved.functions} function${moved.functions === 1 ? '' : 's'}`;
  const paired = findPairedFunctions(heap, moved.folders, true);
  const where = isPairedInTree(paired) ? '' : `, but only in ${nameViews(paired)}`;
  return [`${count} of both sides lie in other folders: ${options} would pair them${where}`];
}
