import {sep} from 'node:path';
import {Box, Text, useWindowSize} from 'ink';
import {useLayoutEffect, useMemo} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {useFileCosts} from '../hooks/use-file-costs.js';
import {useSelectedSource} from '../hooks/use-selected-source.js';
import {type SourceReaderPlaces, useSourceReader} from '../hooks/use-source-reader.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {cellWidth} from '../src/format/cells.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {getShownLine} from '../src/source/shown-line.js';
import type {SourceExcerpt} from '../src/source/source-excerpt.js';
import type {SourceReader} from '../src/source/source-reader.js';
import {selectMissingTree} from '../src/store/missing-tree.js';
import {selectOtherShare} from '../src/store/percent-base.js';
import {type CostMargin, layOutMargin} from '../src/store/source-pane/cost-margin.js';
import {cutRows} from '../src/store/source-pane/facts-layout.js';
import {getSelectedFrame} from '../src/store/source-pane/selected-frame.js';
import {formatLocation, LOCATION_LABEL} from '../src/store/source-pane/source-facts.js';
import {
  CAPTION_INDENT,
  getFirstLine,
  layOutSource,
  type SourceContext,
  type SourceLayout,
  type SourcePane,
} from '../src/store/source-pane/source-layout.js';
import type {TreeState} from '../src/store/state.js';
import type {Theme} from '../src/style/theme.js';
import {linkRows} from './link-rows.js';
import {Message} from './Message.js';
import {SizedBox} from './SizedBox.js';
import {SourcePanelText} from './SourcePanelText.js';
import {useTheme} from './use-theme.js';

export interface SourcePanelProps {
  /** Default: that of the nearest `TreeStoreProvider`. */
  readonly store?: TreeStore;
  /** Size in cells; that of the box it is in unless given. */
  readonly width?: number;
  readonly height?: number;
  /** Where source files are on this machine; unless `reader` is given. */
  readonly places?: SourceReaderPlaces;
  readonly reader?: SourceReader;
  /** What to do where a source is not found, in one sentence; nothing unless given. */
  readonly notFoundHint?: string | undefined;
  /** How to show a source that is held back, in one sentence; nothing unless given. */
  readonly revealHint?: string | undefined;
  /** The address that the location links to (OSC 8): a line of a file that is shown; no link unless given. */
  readonly linkTo?: ((path: string, line: number) => string) | undefined;
  readonly theme?: Theme;
  readonly ascii?: boolean;
}

/** The source of the selected frame, its line in the middle, above the frame's facts. */
export function SourcePanel({width, height, ...props}: SourcePanelProps) {
  const terminal = useWindowSize();
  return (
    <SizedBox width={width} height={height} wishedHeight={terminal.rows}>
      {size => <HostSourcePanel {...props} {...size} />}
    </SizedBox>
  );
}

type SourcePanelRowsProps = SourcePanelProps & {readonly width: number; readonly height: number};

/** The panel in another app, whose size only the app knows. */
function HostSourcePanel(props: SourcePanelRowsProps) {
  const {width, height} = props;
  const store = useTreeStore(props.store);
  useLayoutEffect(() => store.actions.setSourceSize(width, height), [store, width, height]);
  return <SourcePanelRows {...props} />;
}

/** The panel in cells of a known size. */
export function SourcePanelRows({
  store,
  places,
  reader,
  theme,
  ascii,
  width,
  height,
  linkTo,
  ...hints
}: SourcePanelRowsProps) {
  const treeStore = useTreeStore(store);
  const resolvedTheme = useTheme(theme, ascii);
  const missing = useTreeState(treeStore, selectMissingTree);
  const status = useTreeState(treeStore, state => state.status);
  const sourceReader = useSourceReader(treeStore, {search: places, reader});
  const excerpt = useSelectedSource(treeStore, sourceReader);
  const context = useSourceContext(treeStore, {isAscii: resolvedTheme.isAscii, places, hints});
  const pane = useMemo(() => ({...context, width, height}), [context, width, height]);
  const layout = useSourceLayout(treeStore, excerpt, pane);
  const margin = useCostMargin(treeStore, excerpt, width);
  const facts = useLinkedFacts(treeStore, layout.facts, excerpt, linkTo);
  if (missing !== '') {
    const message = {text: sanitize(missing), role: status === 'failed' ? 'error' : 'quiet'} as const;
    return <Message {...message} width={width} height={height} theme={resolvedTheme} />;
  }
  const {height: sourceHeight} = layout;
  return (
    <>
      <Box height={sourceHeight} flexShrink={0} flexDirection="column">
        {sourceHeight > 0 && width > 0 && (
          <SourceArea
            store={treeStore}
            excerpt={excerpt}
            layout={layout}
            margin={margin}
            width={width}
            theme={resolvedTheme}
          />
        )}
      </Box>
      {height > facts.length && (
        <Text wrap="truncate">{drawCaption(layout, margin, width, resolvedTheme).join('\n')}</Text>
      )}
      <Text wrap="truncate">{facts.join('\n')}</Text>
    </>
  );
}

/** What the texts of the panel depend on, which the store is told as well. */
function useSourceContext(
  store: TreeStore,
  {isAscii, places, hints}: Pick<SourceContext, 'isAscii' | 'hints'> & Pick<SourcePanelProps, 'places'>,
): SourceContext {
  const {notFoundHint, revealHint} = hints;
  const currentDirectory = places?.currentDirectory ?? '';
  const context = useMemo(() => {
    const leftOut = currentDirectory === '' ? '' : `${currentDirectory}${sep}`;
    return {isAscii, leftOut, hints: {notFoundHint, revealHint}};
  }, [isAscii, currentDirectory, notFoundHint, revealHint]);
  useLayoutEffect(() => {
    store.actions.setSourceContext(context);
    return () => store.actions.setSourceContext(null);
  }, [store, context]);
  return context;
}

function useSourceLayout(store: TreeStore, excerpt: SourceExcerpt | null, pane: SourcePane): SourceLayout {
  const filtered = useTreeState(store, state => state.filtered);
  const cursorNode = useTreeState(store, state => state.cursorNode);
  const capture = useTreeState(store, state => state.capture);
  const moduleOf = useTreeState(store, state => state.moduleOf);
  const format = useTreeState(store, state => state.format);
  const shown = useTreeState(store, state => state.shown);
  const query = useTreeState(store, state => state.query);
  const share = useTreeState(store, selectOtherShare);
  return useMemo(
    () => layOutSource({filtered, cursorNode, capture, moduleOf, format, shown, query, share}, excerpt, pane),
    [filtered, cursorNode, capture, moduleOf, format, shown, query, share, excerpt, pane],
  );
}

/** What the lines of the shown file cost, as a margin of the source; null where it has none. */
function useCostMargin(store: TreeStore, excerpt: SourceExcerpt | null, width: number): CostMargin | null {
  const hasMargin = useTreeState(store, state => state.hasCostMargin);
  const costs = useFileCosts(store, excerpt, hasMargin);
  return useMemo(() => layOutMargin(costs, width), [costs, width]);
}

/** The facts, with a link where the location is that of the file that is shown. */
function useLinkedFacts(
  store: TreeStore,
  facts: readonly Safe[],
  excerpt: SourceExcerpt | null,
  linkTo: SourcePanelProps['linkTo'],
): readonly Safe[] {
  const filtered = useTreeState(store, state => state.filtered);
  const cursorNode = useTreeState(store, state => state.cursorNode);
  const moduleOf = useTreeState(store, state => state.moduleOf);
  const isSelected = useTreeState(store, state => isExcerptOf(state, excerpt));
  return useMemo(() => {
    if (linkTo === undefined || excerpt?.result.kind !== 'text' || !isSelected) return facts;
    const address = linkTo(excerpt.result.path, getShownLine(excerpt));
    const text = formatLocation(filtered.tree, cursorNode, moduleOf);
    return linkRows(facts, {label: LOCATION_LABEL, text, address});
  }, [facts, excerpt, linkTo, filtered, cursorNode, moduleOf, isSelected]);
}

/** Whether a source is that of the selected row: it stays on the screen while the next one is being read. */
function isExcerptOf(state: TreeState, excerpt: SourceExcerpt | null): boolean {
  const frame = getSelectedFrame(state);
  return frame !== null && frame.file === excerpt?.file && frame.line === excerpt.line;
}

/** The line between source and facts: the path, and after it what stands beside the lines, where that fits. */
function drawCaption(
  {caption, isNote}: SourceLayout,
  margin: CostMargin | null,
  width: number,
  {glyphs, paint}: Theme,
): readonly Safe[] {
  const line = (cells: number): Safe => paint('guide', trusted(glyphs.horizontal.repeat(cells)));
  if (caption.length === 0) return [line(width)];
  const legend = margin === null || isNote ? trusted('') : drawLegend(margin, glyphs);
  return caption.map((row, index) => {
    const isLast = index === caption.length - 1;
    const isRoom = CAPTION_INDENT + cellWidth(row) + cellWidth(legend) <= width;
    return joinSafe(
      index === 0 ? line(CAPTION_INDENT - 1) : sanitize(' '.repeat(CAPTION_INDENT - 1)),
      sanitize(' '),
      paint(isNote ? 'note' : 'quiet', isLast && isRoom ? joinSafe(row, legend) : row),
    );
  });
}

function drawLegend({hasOwn}: CostMargin, {separator}: Theme['glyphs']): Safe {
  return trusted(` ${separator} ${hasOwn ? 'total, own' : 'total'} of each line`);
}

interface SourceAreaProps {
  readonly store: TreeStore;
  readonly excerpt: SourceExcerpt | null;
  readonly layout: SourceLayout;
  readonly margin: CostMargin | null;
  readonly width: number;
  readonly theme: Theme;
}

function SourceArea({store, excerpt, layout, margin, width, theme}: SourceAreaProps) {
  const {row, column, line} = useTreeState(store, state => state.source);
  const {height, rows, range} = layout;
  const scrolled = Math.max(range.firstRow, Math.min(row, range.lastRow));
  if (rows !== null) return <Text wrap="truncate">{cutRows(rows, width, height, scrolled).join('\n')}</Text>;
  if (excerpt?.result.kind !== 'text') return null;
  const {result} = excerpt;
  const total = result.lines.length;
  const index = getShownLine(excerpt) - result.firstLine;
  return (
    <SourcePanelText
      source={result}
      first={getFirstLine(excerpt, height) + scrolled}
      count={Math.min(height, total)}
      selected={index >= 0 && index < total ? index : -1}
      visited={line}
      margin={margin}
      column={column}
      width={width}
      theme={theme}
    />
  );
}
