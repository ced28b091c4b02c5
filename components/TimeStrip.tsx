import {Box, Text} from 'ink';
import {useMemo} from 'react';
import {useTreeState} from '../hooks/use-tree-store.js';
import {truncateCells} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {drawStrip, type StripDrawing} from '../src/store/strip-drawing.js';
import {computeStripRows} from '../src/store/strip-layout.js';
import {describeChosen} from '../src/store/strip-text.js';
import type {Role, Theme} from '../src/style/theme.js';
import {SIZE_CELLS} from '../src/timeline/axis.js';
import {ASCII_SIGNS, type DrawnKind, type DrawnPiece, UNICODE_SIGNS} from '../src/timeline/draw.js';

export interface TimeStripProps {
  readonly store: TreeStore;
  readonly width: number;
  /** Rows of the whole screen, which say how high the strip is. */
  readonly screenRows: number;
  readonly theme: Theme;
}

/** The course of the run: heap and resident memory over time, and what of it is shown. */
export function TimeStrip({store, width, screenRows, theme}: TimeStripProps) {
  const timeline = useTreeState(store, state => state.timeline);
  const capture = useTreeState(store, state => state.capture);
  const view = useTreeState(store, state => state.view);
  const askedView = useTreeState(store, state => state.askedView);
  const snapshot = useTreeState(store, state => state.snapshot);
  const status = useTreeState(store, state => state.status);
  const hasFocus = useTreeState(store, state => state.focus === 'strip');
  const chosen = useTreeState(store, describeChosen);
  const drawing = useMemo(() => {
    const rows = computeStripRows(screenRows);
    const columns = Math.max(1, width - SIZE_CELLS);
    return (
      rows && drawStrip({timeline, capture, view, askedView, snapshot, status}, columns, rows, theme.isAscii)
    );
  }, [timeline, capture, view, askedView, snapshot, status, width, screenRows, theme]);
  if (drawing === null) return null;
  const lines = [paintHead(chosen, hasFocus, drawing, width, theme), ...paintDrawing(drawing, theme)];
  return (
    <Box flexShrink={0} width={width}>
      <Text wrap="truncate">{lines.join('\n')}</Text>
    </Box>
  );
}

/** `▸ Time: heap 20.000MB at 0.25s (@500), resident memory 28.000MB          █ heap  ⠒ resident` */
function paintHead(
  chosen: string,
  hasFocus: boolean,
  drawing: StripDrawing,
  width: number,
  theme: Theme,
): Safe {
  const {glyphs, paint} = theme;
  const title = trusted(`${hasFocus ? glyphs.toRight : ' '} Time: `);
  const text = truncateCells(sanitize(chosen), Math.max(0, width - title.length), glyphs.ellipsis);
  const {fills, levels} = theme.isAscii ? ASCII_SIGNS : UNICODE_SIGNS;
  const legend: readonly (readonly [DrawnKind, string, string])[] = [
    ['heap', fills.at(-1)!, ' heap'],
    ...(drawing.hasRss ? ([['rss', levels.at(levels.length >> 1)!, ' resident']] as const) : []),
  ];
  const legendCells = legend.reduce((sum, [, sign, name]) => sum + 2 + sign.length + name.length, 0);
  const gap = width - title.length - text.length - legendCells;
  const head = joinSafe(paint(hasFocus ? 'focus' : 'quiet', title), text);
  if (gap < 0) return head;
  const pieces = legend.map(([kind, sign, name]) =>
    joinSafe(trusted('  '), paint(ROLES[kind], trusted(sign)), paint('quiet', trusted(name))),
  );
  return joinSafe(head, trusted(' '.repeat(gap)), ...pieces);
}

const ROLES = {heap: 'progress', rss: 'note', blank: 'text'} as const satisfies Record<DrawnKind, Role>;

function paintDrawing({sizes, rows, chosen, marks, axis}: StripDrawing, {paint}: Theme): readonly Safe[] {
  const indent = trusted(' '.repeat(SIZE_CELLS));
  return [
    ...rows.map((pieces, row) => {
      const painted = splitAtChosen(pieces, chosen).map(({kind, text, isChosen}) =>
        paint(isChosen ? 'match' : ROLES[kind], trusted(text)),
      );
      return joinSafe(paint('quiet', trusted(sizes[row]!)), ...painted);
    }),
    joinSafe(indent, paint('marker', trusted(marks))),
    ...(axis === null ? [] : [joinSafe(indent, paint('quiet', trusted(axis)))]),
  ];
}

/** What is chosen in pieces of its own. Each character of a drawing takes one cell. */
function splitAtChosen(
  pieces: readonly DrawnPiece[],
  chosen: StripDrawing['chosen'],
): readonly (DrawnPiece & {readonly isChosen: boolean})[] {
  if (chosen === null) return pieces.map(piece => ({...piece, isChosen: false}));
  let start = 0;
  return pieces.flatMap(({kind, text}) => {
    const from = Math.max(0, chosen.from - start);
    const to = Math.max(0, chosen.to + 1 - start);
    start += text.length;
    const parts = [text.slice(0, from), text.slice(from, to), text.slice(Math.max(from, to))];
    return parts.flatMap((part, index) => (part === '' ? [] : [{kind, text: part, isChosen: index === 1}]));
  });
}
