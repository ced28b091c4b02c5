import {sep} from 'node:path';
import {Box, Text, useWindowSize} from 'ink';
import {useLayoutEffect, useMemo} from 'react';
import {useTreeStore} from '../hooks/tree-store-context.js';
import {type SourceExcerpt, type SourceRequest, useSourceExcerpt} from '../hooks/use-source-excerpt.js';
import {type SourceReaderPlaces, useSourceReader} from '../hooks/use-source-reader.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {joinSafe, type Safe, sanitize, trusted} from '../src/format/sanitize.js';
import {wrapCells} from '../src/format/wrap.js';
import type {SourceReader} from '../src/source/source-reader.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import {selectMissingTree} from '../src/store/missing-tree.js';
import {selectCapture} from '../src/store/selected-capture.js';
import type {Theme} from '../src/style/theme.js';
import {getSourceFile} from '../src/tree/native-label.js';
import {formatCaptureFacts} from './capture-facts.js';
import {layOutFacts} from './facts-layout.js';
import {Message} from './Message.js';
import {ScrolledTexts} from './ScrolledTexts.js';
import {SizedBox} from './SizedBox.js';
import {SourceArea} from './SourceArea.js';
import {formatFacts} from './source-facts.js';
import {getSourceNote, isHeldBack, type SourceAdvice} from './source-notes.js';
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
  /** What to do about a source that is not shown. */
  readonly advice?: SourceAdvice;
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

function SourcePanelRows({store, places, reader, advice, theme, ascii, width, height}: SourcePanelRowsProps) {
  const treeStore = useTreeStore(store);
  const resolvedTheme = useTheme(theme, ascii);
  const missing = useTreeState(treeStore, selectMissingTree);
  const status = useTreeState(treeStore, state => state.status);
  const sourceReader = useSourceReader(treeStore, {search: places, reader});
  const excerpt = useSourceExcerpt(sourceReader, useSelectedFrame(treeStore));
  useHeldBack(treeStore, excerpt);
  const facts = useFacts(treeStore, width, getFactRows(height), resolvedTheme).slice(0, height);
  const rule = drawRule(excerpt, width, resolvedTheme, places?.currentDirectory);
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
              width={width}
              height={sourceHeight}
              theme={resolvedTheme}
              advice={advice}
            />
          ))}
      </Box>
      {height > facts.length && <Text wrap="truncate">{rule.join('\n')}</Text>}
      <Text wrap="truncate">{facts.join('\n')}</Text>
    </>
  );
}

/**
 * The line between source and facts: what has to be said of the source, else its real path. Long ones take
 * more rows.
 */
function drawRule(
  excerpt: SourceExcerpt | null,
  width: number,
  {glyphs, paint}: Theme,
  currentDirectory = '',
): readonly Safe[] {
  const line = (cells: number): Safe => paint('guide', trusted(glyphs.horizontal.repeat(cells)));
  if (excerpt === null || excerpt.result.kind !== 'text') return [line(width)];
  const note = getSourceNote(excerpt.result, excerpt.line, excerpt.functionName);
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
  return <ScrolledTexts store={store} texts={formatCaptureFacts(capture)} width={width} height={height} />;
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
