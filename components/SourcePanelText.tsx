import {Box, Text, Transform} from 'ink';
import {type ReactNode, useCallback, useEffect, useMemo, useState} from 'react';
import {sliceCells} from '../src/format/cells.js';
import type {Safe} from '../src/format/sanitize.js';
import {sanitizeSource} from '../src/format/sanitize-source.js';
import {createLineStates, type LineStates} from '../src/source/line-states.js';
import {maskCode} from '../src/source/mask-code.js';
import type {SourceText} from '../src/source/source-result.js';
import type {CostMargin} from '../src/store/source-pane/cost-margin.js';
import type {Theme} from '../src/style/theme.js';
import {SourceHighlightBoundary} from './source-highlight-boundary.js';
import {
  createHighlightTheme,
  drawSourceRow,
  getGutterWidth,
  type SourceRow,
  type SourceStyle,
} from './source-style.js';

export interface SourcePanelTextProps {
  readonly source: SourceText;
  /** Index into `source.lines` of the first line to show, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** Index of the selected line, −1 for none. */
  readonly selected: number;
  /** Number of the hot line that was gone to; null for none. */
  readonly visited: number | null;
  /** What the lines cost; null where that is not shown. */
  readonly margin: CostMargin | null;
  /** Cells that the lines are shifted to the left. */
  readonly column: number;
  readonly width: number;
  readonly theme: Theme;
}

type Highlighter = typeof import('ink-syntax-highlight').default;

/** Loaded and prepared once for all panels: one that comes back has its colours at once. */
const ready: {highlighter: Highlighter | null; languages: ReadonlySet<string>} = {
  highlighter: null,
  languages: new Set(),
};

/** The lines of an excerpt with numbers and colours; only these lines are highlighted. */
export function SourcePanelText(props: SourcePanelTextProps) {
  const {source, first, count, selected, visited, margin, column, width, theme} = props;
  const SyntaxHighlight = useHighlighter(theme.depth !== 'none' && source.language !== null);
  const [warmLanguages, noteWarm] = useWarmLanguages();
  const highlightTheme = useMemo(createHighlightTheme, []);
  const states = useMemo(() => createLineStates(source.lines, source.language), [source]);
  const digits = String(source.firstLine + source.lines.length - 1).length;
  const marginCells = margin?.cells ?? 0;
  const available = Math.max(0, width - getGutterWidth({digits, marginCells}));
  const code = useMemo(
    () => cutLines(source, states, {first, count, column, available}),
    [source, states, first, count, column, available],
  );
  const style = {width, digits, marginCells, theme};
  const rows = code.texts.map((text, index) => {
    const number = source.firstLine + first + index;
    return {
      number,
      text,
      isSelected: first + index === selected,
      isVisited: number === visited,
      cost: margin?.lines.get(number) ?? null,
      offset: code.offsets[index] ?? 0,
    };
  });
  const {language} = source;
  const plain = <PlainRows rows={rows} style={style} />;
  if (SyntaxHighlight === null || language === null || code.masked.trim() === '') return plain;
  if (!warmLanguages.has(language)) {
    return (
      <>
        {plain}
        <WarmUp language={language} onWarm={noteWarm}>
          <SyntaxHighlight code="_" language={language} theme={highlightTheme} />
        </WarmUp>
      </>
    );
  }
  // The lines come back coloured one by one; their characters are ours again before they go on.
  return (
    <SourceHighlightBoundary code={code.masked} plain={plain}>
      <Text wrap="truncate">
        <Transform transform={(line, index) => drawRowAt(rows, index, line, style)}>
          <SyntaxHighlight code={code.masked} language={language} theme={highlightTheme} />
        </Transform>
      </Text>
    </SourceHighlightBoundary>
  );
}

interface PlainRowsProps {
  readonly rows: readonly SourceRow[];
  readonly style: SourceStyle;
}

function PlainRows({rows, style}: PlainRowsProps) {
  return <Text wrap="truncate">{rows.map(row => drawSourceRow(row, null, style)).join('\n')}</Text>;
}

function drawRowAt(rows: readonly SourceRow[], index: number, line: string, style: SourceStyle): string {
  const row = rows[index];
  return row === undefined ? '' : drawSourceRow(row, line, style);
}

interface CutLines {
  /** What is shown of each line. */
  readonly texts: readonly Safe[];
  /** Characters of the highlighted line before what is shown. */
  readonly offsets: readonly number[];
  /** All lines for the highlighter. */
  readonly masked: string;
}

/**
 * A line of a minified file may be megabytes long; beyond so many characters for each cell, and so many at least, it is not
 * looked at.
 */
const MAX_CHARACTERS_PER_CELL = 8;
const MIN_CHARACTERS = 500;

function cutLines(
  source: SourceText,
  states: LineStates,
  {first, count, column, available}: {first: number; count: number; column: number; available: number},
): CutLines {
  const right = column + available;
  const lines = source.lines.slice(first, first + count);
  const limit = Math.max(MIN_CHARACTERS, right * MAX_CHARACTERS_PER_CELL);
  const safe = lines.map(line => sanitizeSource(line.slice(0, limit)));
  const starts = lines.map((_, index) => states.getStart(first + index));
  // What is beyond the pane is highlighted too: the colours of the lines below depend on it.
  const isCut = lines.map(line => line.length > limit);
  const {lines: masked, prefixLength} = maskCode(safe, starts, isCut, source.language);
  return {
    texts: safe.map(line => sliceCells(line, column, right)),
    offsets: safe.map((line, index) => sliceCells(line, 0, column).length + (index === 0 ? prefixLength : 0)),
    masked: masked.join('\n'),
  };
}

/** The highlighter, loaded when it is first needed: the first frame does not wait for it. Null until then. */
function useHighlighter(isNeeded: boolean): Highlighter | null {
  const [highlighter, setHighlighter] = useState<Highlighter | null>(() => ready.highlighter);
  useEffect(() => {
    if (!isNeeded || ready.highlighter !== null) return;
    let isGone = false;
    // Loading has taken a while: keys have their turn before it is used. Without it the source is shown all the same.
    import('ink-syntax-highlight').then(
      loaded =>
        setImmediate(() => {
          ready.highlighter = loaded.default;
          if (!isGone) setHighlighter(() => loaded.default);
        }),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [isNeeded]);
  return isNeeded ? highlighter : null;
}

/** The languages that the highlighter has prepared itself for, and a function that adds one. */
function useWarmLanguages(): [ReadonlySet<string>, (language: string) => void] {
  const [languages, setLanguages] = useState(() => ready.languages);
  const add = useCallback((language: string) => {
    ready.languages = new Set([...ready.languages, language]);
    setLanguages(ready.languages);
  }, []);
  return [languages, add];
}

interface WarmUpProps {
  readonly language: string;
  readonly onWarm: (language: string) => void;
  readonly children: ReactNode;
}

/**
 * Draws its children out of sight. The highlighter prepares a language when it first meets it, which takes as
 * long as it takes to highlight a screen afterwards: keys have their turn in between.
 */
function WarmUp({language, onWarm, children}: WarmUpProps) {
  useEffect(() => {
    const turn = setImmediate(() => onWarm(language));
    return () => clearImmediate(turn);
  }, [language, onWarm]);
  return <Box display="none">{children}</Box>;
}
