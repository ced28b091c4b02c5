import {recall} from '../base/recall.js';
import {findOnlyDefinition} from './only-definition.js';
import type {SourceExcerpt} from './source-excerpt.js';

/** The line of an excerpt that is shown: where it is not known, that of the function's definition; else 0. */
export const getShownLine = recall(({line, result, functionName = ''}: SourceExcerpt): number =>
  line > 0 || result.kind !== 'text' ? line : findOnlyDefinition(result, functionName),
);
