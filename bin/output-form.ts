import {getFormat} from '../src/export/formats.js';
import type {CliOptions} from './cli-values.js';

/**
 * What a result is made of, which decides how it gets onto a terminal. `text` is safe as it is, and may have colors of
 * ours; the others have names as they are recorded.
 */
export type OutputForm =
  | {readonly kind: 'text' | 'json' | 'data'}
  /** `name` of the format. */
  | {readonly kind: 'binary'; readonly name: string};

/** All that is not known to be something else is data. */
export function getOutputForm({
  json,
  csv,
  exportFormat,
}: Pick<CliOptions, 'json' | 'csv' | 'exportFormat'>): OutputForm {
  if (exportFormat !== null) {
    const {isBinary, extension} = getFormat(exportFormat);
    if (isBinary === true) return {kind: 'binary', name: exportFormat};
    return {kind: extension.endsWith('.json') ? 'json' : 'data'};
  }
  if (json) return {kind: 'json'};
  return {kind: csv ? 'data' : 'text'};
}
