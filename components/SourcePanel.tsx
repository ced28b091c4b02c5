import {sep} from 'node:path';
import {Box, Text, useWindowSize} from 'ink';
import {useEffect, useLayoutEffect, useMemo} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {type SourceExcerpt, type SourceRequest, useSourceExcerpt} from '../hooks/use-source-excerpt.js';
import {type SourceReaderPlaces, useSourceReader} from '../hooks/use-source-reader.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import {wrapCells} from '../src/format/wrap.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {computeExcerpt} from '../src/source/excerpt.js';
import {findOnlyDefinition} from '../src/source/only-definition.js';
import type {SourceReader} from '../src/source/source-reader.js';
import type {SourceText} from '../src/source/source-result.js';
import {selectMissingTree} from '../src/store/missing-tree.js';
import {selectCapture} from '../src/store/selected-capture.js';
import type {Theme} from '../src/style/theme.js';
import {getSourceFile} from '../src/tree/native-label.js';
import {formatCaptureFacts} from './capture-facts.js';
import {cutRows, layOutFacts, wrapIndented} from './facts-layout.js';
import {Message} from './Message.js';
import {SizedBox} from './SizedBox.js';
import {SourcePanelText} from './SourcePanelText.js';
import {formatFacts} from './source-facts.js';
import {explainMissing, getSourceNote, isHeldBack, type SourceHints} from './source-notes.js';
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
  readonly theme?: Theme;
  readonly ascii?: boolean;
}

/** The source of the selected frame, its line in the middle, above the frame's facts. */
export function SourcePanel({width, height, ...props}: SourcePanelProps) {
  const terminal = useWindowSize();
  return (
    <SizedBox width={width} height={height} wishedHeight={terminal.rows}>
      {size => <SourcePanelRows {...props} {...size} />}
    </SizedBox>
  );
}

type SourcePanelRowsProps = SourcePanelProps & {readonly width: number; readonly height: number};

function SourcePanelRows({
  store,
  places,
  reader,
  theme,
  ascii,
  width,
  height,
  ...hints
}: SourcePanelRowsProps) {
  const treeStore = useTreeStore(store);
  const resolvedTheme = useTheme(theme, ascii);
  const missing = useTreeState(treeStore, selectMissingTree);
  const status = useTreeState(treeStore, state => state.status);
  const sourceReader = useSourceReader(treeStore, {search: places, reader});
  const excerpt = useSourceExcerpt(sourceReader, useSelectedFrame(treeStore));
  const definition = useMemo(() => findDefinitionOf(excerpt), [excerpt]);
  useHeldBack(treeStore, excerpt);
  const facts = useFacts(treeStore, width, getFactRows(height), resolvedTheme).slice(0, height);
  const rule = drawRule(excerpt, definition, width, resolvedTheme, places?.currentDirectory);
  const sourceHeight = Math.max(0, height - facts.length - rule.length);
  if (missing !== '') {
    const message = {text: sanitize(missing), role: status === 'failed' ? 'error' : 'quiet'} as const;
    return <Message {...message} width={width} height={height} theme={resolvedTheme} />;
  }
  return (
    <>
      <Box height={sourceHeight} flexShrink={0} flexDirection="column">
        {sourceHeight > 0 &&
          width > 0 &&
          (excerpt === null ? (
            <CaptureArea store={treeStore} width={width} height={sourceHeight} />
          ) : (
            <SourceArea
              store={treeStore}
              excerpt={excerpt}
              definition={definition}
              width={width}
              height={sourceHeight}
              hints={hints}
              theme={resolvedTheme}
            />
          ))}
      </Box>
      {height > facts.length && <Text wrap="truncate">{rule.join('\n')}</Text>}
      <Text wrap="truncate">{facts.join('\n')}</Text>
    </>
  );
}

/** The line that defines the function of an excerpt whose line is not known; 0 where that is not certain. */
function findDefinitionOf(excerpt: SourceExcerpt | null): number {
  if (excerpt?.result.kind !== 'text' || excerpt.line > 0) return 0;
  return findOnlyDefinition(excerpt.result, excerpt.functionName ?? '');
}

/**
 * The line between source and facts: what has to be said of the source, else its real path. Long ones take
 * more rows.
 */
function drawRule(
  excerpt: SourceExcerpt | null,
  definition: number,
  width: number,
  {glyphs, paint}: Theme,
  currentDirectory = '',
): readonly Safe[] {
  const line = (cells: number): Safe => paint('guide', trusted(glyphs.horizontal.repeat(cells)));
  if (excerpt === null || excerpt.result.kind !== 'text') return [line(width)];
  const note = getSourceNote(excerpt.result, {...excerpt, definition});
  const text = note ?? sanitize(shorten(excerpt.result.path, currentDirectory));
  const token = note === null ? 'quiet' : 'note';
  return wrapCells(text, width - RULE_INDENT).map((row, index) =>
    joinSafe(
      index === 0 ? line(RULE_INDENT - 1) : sanitize(' '.repeat(RULE_INDENT - 1)),
      sanitize(' '),
      paint(token, row),
    ),
  );
}

/** Cells before the text of the line between source and facts. */
const RULE_INDENT = 3;

/** A path below the current directory as the user would type it. */
function shorten(path: string, currentDirectory: string): string {
  const isBelow = currentDirectory !== '' && path.startsWith(`${currentDirectory}${sep}`);
  return isBelow ? path.slice(currentDirectory.length + 1) : path;
}

interface CaptureAreaProps {
  readonly store: TreeStore;
  readonly width: number;
  readonly height: number;
}

/** What the root, and each of several processes, has instead of a source: where the capture comes from. */
function CaptureArea({store, width, height}: CaptureAreaProps) {
  const capture = useTreeState(store, selectCapture);
  if (capture === null) return null;
  return <WrappedRows store={store} texts={formatCaptureFacts(capture)} width={width} height={height} />;
}

interface WrappedRowsProps extends CaptureAreaProps {
  readonly texts: readonly Safe[];
}

/** Texts instead of a source, scrolled by the same keys. */
function WrappedRows({store, texts, width, height}: WrappedRowsProps) {
  const scrolledRows = useTreeState(store, state => state.source.row);
  const rows = texts.flatMap(text => wrapIndented(text, width));
  const lastRow = Math.max(0, rows.length - height);
  useScrollRange(store, 0, lastRow);
  const first = Math.max(0, Math.min(scrolledRows, lastRow));
  return <Text wrap="truncate">{cutRows(rows, width, height, first).join('\n')}</Text>;
}

interface SourceAreaProps {
  readonly store: TreeStore;
  readonly excerpt: SourceExcerpt;
  /** The line that defines the function, where only that is known; else 0. */
  readonly definition: number;
  readonly width: number;
  readonly height: number;
  readonly hints: SourceHints;
  readonly theme: Theme;
}

function SourceArea({excerpt, definition, hints, ...props}: SourceAreaProps) {
  const {file, line, result} = excerpt;
  if (result.kind === 'text') return <SourceTextArea {...props} source={result} line={line || definition} />;
  const {store, width, height} = props;
  const texts = explainMissing(file, result, hints);
  return <WrappedRows store={store} texts={texts} width={width} height={height} />;
}

interface SourceTextAreaProps extends Omit<SourceAreaProps, 'excerpt' | 'definition' | 'hints'> {
  readonly source: SourceText;
  readonly line: number;
}

function SourceTextArea({store, source, line, width, height, theme}: SourceTextAreaProps) {
  const scrolledRows = useTreeState(store, state => state.source.row);
  const column = useTreeState(store, state => state.source.column);
  const total = source.lines.length;
  const index = line - source.firstLine;
  // A line past the end of a file that has become shorter: show the end.
  const center = Math.max(0, Math.min(index, total - 1));
  const start = computeExcerpt(total, center, height).first;
  const firstRow = 0 - start;
  const lastRow = total - Math.min(height, total) - start;
  useScrollRange(store, firstRow, lastRow);
  const first = start + Math.max(firstRow, Math.min(scrolledRows, lastRow));
  const count = Math.min(height, total);
  const selected = index >= 0 && index < total ? index : -1;
  return (
    <SourcePanelText
      source={source}
      first={first}
      count={count}
      selected={selected}
      column={column}
      width={width}
      theme={theme}
    />
  );
}

/** Lets the store know whether there is something for the key that reveals a source. */
function useHeldBack(store: TreeStore, excerpt: SourceExcerpt | null): void {
  const file = excerpt !== null && isHeldBack(excerpt.result) ? excerpt.file : null;
  // Before the next key can come.
  useLayoutEffect(() => {
    store.actions.setHeldBackFile(file);
    return () => store.actions.setHeldBackFile(null);
  }, [store, file]);
}

/** Sets in the store how far the source can be scrolled, each time that another selection has reset it. */
function useScrollRange(store: TreeStore, firstRow: number, lastRow: number): void {
  useEffect(() => {
    const updateRange = (): void => store.actions.setSourceRange(firstRow, lastRow);
    updateRange();
    return store.subscribe(updateRange);
  }, [store, firstRow, lastRow]);
}

/** The selected node's frame, or null for the root, a process, the elided node and nodes without a file. */
function useSelectedFrame(store: TreeStore): SourceRequest | null {
  const tree = useTreeState(store, state => state.filtered.tree);
  const node = useTreeState(store, state => state.cursorNode);
  const revealed = useTreeState(store, state => state.revealedFiles);
  const isCapture = useTreeState(store, state => selectCapture(state) !== null);
  return useMemo(() => {
    const frame = tree.frame[node] ?? -1;
    if (frame < 0 || isCapture) return null;
    const {frames, strings} = tree;
    const source = getSourceFile(tree, node);
    if (source === '' && tree.native === undefined) return null;
    const functionName = strings[frames.function[frame] ?? -1] ?? '';
    return {file: source, line: frames.line[frame] ?? 0, functionName, isRevealed: revealed.has(source)};
  }, [tree, node, revealed, isCapture]);
}

/** A source of fewer rows shows too little around its line. */
const MIN_SOURCE_ROWS = 8;

/** The facts may take so many rows of a panel; the rest is for the source. */
function getFactRows(height: number): number {
  return Math.max(Math.min(height, 2), Math.min(Math.floor(height * 0.4), height - MIN_SOURCE_ROWS - 1));
}

function useFacts(store: TreeStore, width: number, maxRows: number, theme: Theme): readonly Safe[] {
  const tree = useTreeState(store, state => state.filtered.tree);
  const node = useTreeState(store, state => state.cursorNode);
  const moduleOf = useTreeState(store, state => state.moduleOf);
  const format = useTreeState(store, state => state.format);
  const isProcess = useTreeState(store, state => selectCapture(state) !== null);
  const ascii = theme.isAscii;
  return useMemo(
    () => layOutFacts(formatFacts(tree, node, {moduleOf, ascii, format, isProcess}), {width, maxRows, ascii}),
    [tree, node, moduleOf, ascii, format, isProcess, width, maxRows],
  );
}
