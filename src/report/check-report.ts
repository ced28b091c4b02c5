import {checkOptionalFunctions, isObject, wrongType} from '../base/check.js';
import {PALETTES} from '../style/palette.js';
import {COLOR_DEPTHS} from '../style/tokens.js';
import {isCallTree} from '../tree/call-tree.js';

/** @throws TypeError where `report` is no result of a load, or an option of text or JSON is wrong */
export function checkReport(report: unknown, options: unknown): void {
  const isResult = isObject(report) && isObject(report.capture) && isCallTree(report.tree);
  if (!isResult) throw wrongType('result', 'what readCapture resolves to', report);
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  const {depth, limit, color, palette} = options;
  if (depth !== undefined && !(typeof depth === 'number' && depth >= 0)) {
    throw wrongType('depth', 'a number, not below 0', depth);
  }
  const isCount = limit === Infinity || (Number.isInteger(limit) && (limit as number) >= 0);
  if (limit !== undefined && !isCount) throw wrongType('limit', 'a whole number, not below 0', limit);
  const colors: readonly unknown[] = [undefined, true, false, ...COLOR_DEPTHS];
  if (!colors.includes(color))
    throw wrongType('color', `true, false or one of ${COLOR_DEPTHS.join(', ')}`, color);
  const palettes: readonly unknown[] = [undefined, ...PALETTES];
  if (!palettes.includes(palette)) throw wrongType('palette', `one of ${PALETTES.join(', ')}`, palette);
  checkNaming(options);
}

const FILTERS = ['hideImportSystem', 'hideUninteresting', 'foldNative'];

/** How rows are named, and which are there. */
function checkNaming(options: Readonly<Record<string, unknown>>): void {
  const {filters, name, ascii, moduleFolders} = options;
  if (filters !== undefined) {
    if (!isObject(filters)) throw wrongType('filters', 'an object', filters);
    for (const filter of FILTERS) checkFlag(`filters.${filter}`, filters[filter]);
  }
  checkFlag('ascii', ascii);
  if (name !== undefined && typeof name !== 'string') throw wrongType('name', 'a string', name);
  const isList = Array.isArray(moduleFolders) && moduleFolders.every(folder => typeof folder === 'string');
  if (moduleFolders !== undefined && !isList) {
    throw wrongType('moduleFolders', 'an array of strings', moduleFolders);
  }
  checkOptionalFunctions(options, ['formatValue', 'formatPercent', 'getIcon']);
}

function checkFlag(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') throw wrongType(name, 'true or false', value);
}
