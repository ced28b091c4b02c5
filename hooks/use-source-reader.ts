import {useMemo} from 'react';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {SourceSearchOptions} from '../src/source/search-options.js';
import {createSourceReader, type SourceReader} from '../src/source/source-reader.js';
import {getRecordedSearch, type RecordedSearch} from '../src/store/source-pane/recorded-search.js';
import {useTreeState} from './use-tree-store.js';

/**
 * Where source files are on this machine. What is left out counts as none; the current directory is the process's, the
 * folder of the capture that of the path which was loaded.
 */
export type SourceReaderPlaces = Partial<
  Pick<SourceSearchOptions, 'pathMap' | 'sourceRoot' | 'currentDirectory' | 'captureDirectory'>
>;

/**
 * A reader for the sources of a store's capture: the given one, or one that also looks where the capture's
 * interpreter searched. It is another one after the capture was read again, so that changed files show.
 */
export function useSourceReader(
  store: TreeStore,
  {search = {}, reader}: {readonly search?: SourceReaderPlaces; readonly reader?: SourceReader},
): SourceReader {
  const isReading = useTreeState(store, state => state.status === 'reading');
  // Partial results bring equal facts in new objects: their text is compared.
  const capture = useTreeState(store, state => state.capture);
  const recorded = useMemo(() => JSON.stringify(getRecordedSearch(capture)), [capture]);
  const loadedFrom = useTreeState(store, state => state.captureDirectory);
  const {pathMap = [], sourceRoot = null, currentDirectory = '', captureDirectory = loadedFrom} = search;
  const pathMapText = JSON.stringify(pathMap);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `isReading` renews the reader; pathMapText stands for pathMap.
  const own = useMemo(() => {
    const {searchPaths, libdest} = JSON.parse(recorded) as RecordedSearch;
    return createSourceReader({
      pathMap,
      sourceRoot,
      currentDirectory: currentDirectory === '' ? process.cwd() : currentDirectory,
      captureDirectory,
      searchPaths,
      libdest,
    });
  }, [recorded, isReading, pathMapText, sourceRoot, currentDirectory, captureDirectory]);
  return reader ?? own;
}
