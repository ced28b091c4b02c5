import {isObject, wrongType} from '../base/check.js';
import {PALETTES} from '../style/palette.js';
import {COLOR_DEPTHS} from '../style/tokens.js';
import {isCallTree} from '../tree/call-tree.js';

/** @throws TypeError where `report` is no result of a load, or an option of text or JSON is wrong */
export function checkReport(report: unknown, options: unknown): void {
  const isResult = isObject(report) && isObject(report.capture) && isCallTree(report.tree);
  if (!isResult) throw wrongType('result', 'what readCapture resolves to', report);
  if (!isObject(options)) throw wrongType('options', 'an object', options);
  const {depth, color, palette, filters} = options;
  if (depth !== undefined && !(typeof depth === 'number' && depth >= 0)) {
    throw wrongType('depth', 'a number, not below 0', depth);
  }
  const colors: readonly unknown[] = [undefined, true, false, ...COLOR_DEPTHS];
  if (!colors.includes(color))
    throw wrongType('color', `true, false or one of ${COLOR_DEPTHS.join(', ')}`, color);
  const palettes: readonly unknown[] = [undefined, ...PALETTES];
  if (!palettes.includes(palette)) throw wrongType('palette', `one of ${PALETTES.join(', ')}`, palette);
  if (filters !== undefined && !isObject(filters)) throw wrongType('filters', 'an object', filters);
}
