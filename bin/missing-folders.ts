import {stat} from 'node:fs/promises';
import type {CliOptions} from './cli-values.js';
import type {Remark} from './messages.js';

type FolderOptions = Pick<CliOptions, 'input' | 'symbolsDirectory' | 'sourceRoot' | 'pathMap'>;

/**
 * What is wrong with the folders that options name, one remark each. They are no errors: the capture is shown
 * all the same.
 */
export async function findMissingFolders(options: FolderOptions): Promise<readonly Remark[]> {
  const {input, symbolsDirectory, sourceRoot, pathMap} = options;
  const folders = [
    {where: '--symbols', path: symbolsDirectory},
    // Where captures are compared, mappings name recorded folders, which may be on another machine.
    ...(input.kind === 'runs' ? [] : pathMap.map(({to}) => ({where: '--path-map', path: to}))),
    {where: '--source-root', path: sourceRoot},
  ];
  const remarks = await Promise.all(
    folders.map(async ({where, path}) => {
      const problem = path === null ? null : await explainFolder(path, where === '--path-map');
      return problem === null ? [] : [{where, message: `${path}: ${problem}`}];
    }),
  );
  return remarks.flat();
}

/** `mayBeFile`: a mapping may name a single file. */
async function explainFolder(path: string, mayBeFile: boolean): Promise<string | null> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    return isFolder || mayBeFile ? null : 'is not a folder';
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    return isMissing ? 'no such folder' : `cannot be looked into (${code})`;
  }
}
