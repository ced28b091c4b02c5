import {getFormat} from '../src/export/formats.js';
import type {CliOptions} from './cli-values.js';

/**
 * What a result is made of, which decides how it gets onto a terminal. `text` is safe as it is, and may have colors of
 * ours; the others have names as they are recorded.
 */
export type OutputForm =
  | {readonly kind: 'json' | 'data'}
  /** Annotations are commands for whoever reads the log: no line of the text may be one. */
  | {readonly kind: 'text'; readonly isBesideAnnotations: boolean}
  /** `name` of the format. */
  | {readonly kind: 'binary'; readonly name: string};

/** All that is not known to be something else is data. */
export function getOutputForm({
  json,
  csv,
  exportFormat,
  gates,
}: Pick<CliOptions, 'json' | 'csv' | 'exportFormat' | 'gates'>): OutputForm {
  if (exportFormat !== null) {
    const {isBinary, extension} = getFormat(exportFormat);
    if (isBinary === true) return {kind: 'binary', name: exportFormat};
    return {kind: extension.endsWith('.json') ? 'json' : 'data'};
  }
  if (json) return {kind: 'json'};
  return csv ? {kind: 'data'} : {kind: 'text', isBesideAnnotations: gates.annotations};
}
