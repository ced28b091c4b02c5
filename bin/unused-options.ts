import {isTable, type TreeQuery} from '../src/query/tree-query.js';
import type {OptionName} from './cli-table.js';
import type {CliOptions, OptionValues} from './cli-values.js';

type Form = Pick<CliOptions, 'json' | 'csv' | 'exportFormat'>;

/** Of a view that is printed. Those without effect on JSON are told with what was read. */
const FILTERS = ['hide-import-system', 'show-uninteresting'] as const;

/** The options that change nothing in what is asked for, with the reason: one line each. */
export function listUnusedOptions(
  {switches, texts}: Pick<OptionValues, 'switches' | 'texts'>,
  {json, csv, exportFormat}: Form,
  {shape}: TreeQuery,
): readonly string[] {
  const say = (names: readonly OptionName[], reason: string): readonly string[] =>
    names
      .filter(name => switches.has(name) || texts.has(name))
      .map(name => `--${name}: has no effect on ${reason}`);
  if (exportFormat !== null) {
    return [
      ...say(
        ['whole-peak', 'depth', 'limit'],
        'exports, which have all locations, or the largest ones by -b N',
      ),
      ...say(FILTERS, 'exports, which always hold all frames'),
    ];
  }
  if (shape.kind === 'stats') return say(['whole-peak', 'depth'], 'statistics');
  return [
    ...(isTable(shape) && !json ? say(['depth'], 'tables') : []),
    ...(csv ? say(FILTERS, '--csv, which always holds all rows') : []),
  ];
}
