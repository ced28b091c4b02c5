import {getPlatform} from '../src/platform/platform.js';
import {formatText} from '../src/report/text.js';
import type {TreeFilters} from '../src/tree/filter.js';
import type {CliOptions} from './cli-values.js';
import {listModuleFolders} from './folders.js';
import {guessBackground} from './terminal/background.js';
import {getColorDepth} from './terminal/color-depth.js';

/** The tree as text, in the colours that the options and the terminal allow. */
export function formatTextReport(
  options: CliOptions,
  result: Parameters<typeof formatText>[0],
  filters: TreeFilters,
): Iterable<string> {
  const {depth, limit, input, pathMap, results, output} = options;
  const isOnTerminal = output === null && process.stdout.isTTY;
  const ascii = options.ascii || (isOnTerminal && !getPlatform().hasSymbols(process.env));
  return formatText(result, {
    name: results === '-' ? 'standard input' : results,
    depth: depth ?? undefined,
    limit: limit ?? undefined,
    color: chooseColor(options),
    // Without a wait for the terminal's answer.
    palette: options.theme === 'auto' ? (guessBackground(process.env) ?? 'dark') : options.theme,
    ascii,
    filters,
    moduleFolders: listModuleFolders(input, pathMap),
  });
}

function chooseColor({color, output}: CliOptions): ReturnType<typeof getColorDepth> {
  if (color === 'never') return 'none';
  const colorDepth = output ? 'none' : getColorDepth(process.env, process.stdout);
  return color === 'always' && colorDepth === 'none' ? '16' : colorDepth;
}
