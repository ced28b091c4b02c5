import {formatRename, type Rename, type Renames} from './frame-renames.js';

/**
 * The options that name nothing of the captures, a line each.
 * @param isCut only the biggest locations were read
 */
export function describeUnusedRenames(
  {folders, functions}: Renames,
  used: ReadonlySet<Rename>,
  isCut: boolean,
): readonly string[] {
  // Of two renames of one function the last one counts.
  const usedFunctions = new Set(functions.filter(each => used.has(each)).map(({from}) => from));
  const unusedFolders = folders.filter(each => !used.has(each));
  const unusedFunctions = functions.filter(({from}) => !usedFunctions.has(from));
  const among = isCut ? ' of the biggest locations' : '';
  return [
    ...unusedFolders.map(
      each => `${formatRename('--path-map', each)}: no recorded path${among} begins with ${each.from}`,
    ),
    ...unusedFunctions.map(
      each =>
        `${formatRename('--map-function', each)}: no function${among} of the base is called ${each.from}`,
    ),
  ];
}
