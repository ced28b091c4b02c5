import {useStdout} from 'ink';
import {useMemo} from 'react';
import {blameHost, isObject, wrongType} from '../src/base/check.js';
import {type ColorDepth, createTheme, type Theme} from '../src/style/theme.js';

const DEPTH_OF_BITS = new Map<number | undefined, ColorDepth>([
  [4, '16'],
  [8, '256'],
  [24, 'truecolor'],
]);

/** The given theme, else one for the terminal that Ink draws on. Throws TypeError where it is no theme. */
export function useTheme(theme: Theme | undefined, ascii = false): Theme {
  const {stdout} = useStdout();
  return useMemo(() => {
    if (theme !== undefined) return blameHost(() => checkTheme(theme));
    const bits = (stdout as {readonly getColorDepth?: () => number}).getColorDepth?.();
    return createTheme({depth: DEPTH_OF_BITS.get(bits) ?? 'none', ascii});
  }, [theme, ascii, stdout]);
}

/** @throws TypeError where it is no theme */
export function checkTheme(theme: unknown): Theme {
  const {paint, paintHeat, glyphs} = isObject(theme) ? theme : {};
  if (typeof paint === 'function' && typeof paintHeat === 'function' && isObject(glyphs))
    return theme as Theme;
  throw wrongType('theme', 'made by createTheme', theme);
}
