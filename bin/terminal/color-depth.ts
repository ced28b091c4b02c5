import type {Environment} from '../../src/platform/environment.js';
import {getPlatform, type Platform} from '../../src/platform/platform.js';
import type {ColorDepth} from '../../src/style/tokens.js';

const FORCED: ReadonlyMap<string, ColorDepth> = new Map([
  ['0', 'none'],
  ['false', 'none'],
  ['1', '16'],
  ['2', '256'],
  ['3', 'truecolor'],
]);

/**
 * The colours that may be written to `stream`. The first of these that is set decides: NO_COLOR
 * (no-color.org: any value but the empty one), FORCE_COLOR (0 to 3, as chalk reads it; other values only say
 * "even without a terminal"), CLICOLOR_FORCE (bixense.com/clicolors: not "0" is "even without a terminal"),
 * CLICOLOR ("0" is "none"), the terminal.
 */
export function getColorDepth(
  env: Environment,
  stream: {readonly isTTY?: boolean | undefined},
  platform: Platform = getPlatform(),
): ColorDepth {
  const {NO_COLOR: noColor = '', FORCE_COLOR: forceColor, TERM: term = ''} = env;
  if (noColor !== '') return 'none';
  const force = forceColor ?? readClicolor(env);
  const forced = force === undefined ? undefined : FORCED.get(force);
  if (forced !== undefined) return forced;
  if (force === undefined && stream.isTTY !== true) return 'none';
  if (term === 'dumb') return force === undefined ? 'none' : '16';
  return getTerminalDepth(env, term, platform);
}

/** What CLICOLOR_FORCE and CLICOLOR say, as FORCE_COLOR says it. */
function readClicolor({CLICOLOR_FORCE: force = '', CLICOLOR: use}: Environment): string | undefined {
  if (force !== '' && force !== '0') return 'true';
  return use === '0' ? '0' : undefined;
}

/** Whether a terminal shows all colours, whatever is wanted to be shown. */
export function hasTrueColor(env: Environment, platform: Platform): boolean {
  const {TERM: term = ''} = env;
  return term !== 'dumb' && getTerminalDepth(env, term, platform) === 'truecolor';
}

function getTerminalDepth(env: Environment, term: string, {hasTrueColor}: Platform): ColorDepth {
  if (hasTrueColor) return 'truecolor';
  const {COLORTERM: colorTerm = '', TERM_PROGRAM: program, WT_SESSION: windowsTerminal} = env;
  if (/^(?:truecolor|24bit)$/i.test(colorTerm)) return 'truecolor';
  if (/-direct$|^xterm-(?:kitty|ghostty)$|^(?:alacritty|wezterm|foot)/.test(term)) return 'truecolor';
  if (program === 'iTerm.app' || windowsTerminal !== undefined) return 'truecolor';
  return /-256(?:color)?$/i.test(term) ? '256' : '16';
}
