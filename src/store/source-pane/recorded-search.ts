import type {CaptureInfo} from '../../heap/snapshot.js';
import type {SourceSearchOptions} from '../../source/search-options.js';

/** Where the interpreter of a capture searched for modules. */
export type RecordedSearch = Pick<SourceSearchOptions, 'searchPaths' | 'libdest'>;

export function getRecordedSearch(capture: CaptureInfo | null): RecordedSearch {
  const {sysPath = [], sitePackages = [], libdest = ''} = capture ?? {};
  return {searchPaths: [...sysPath, ...sitePackages, libdest], libdest};
}
