import type {SourceExcerpt} from '../hooks/use-source-excerpt.js';
import {useTreeState} from '../hooks/use-tree-store.js';
import {computeExcerpt} from '../src/source/excerpt.js';
import type {SourceText} from '../src/source/source-result.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import type {Theme} from '../src/style/theme.js';
import {ScrolledTexts} from './ScrolledTexts.js';
import {SourcePanelText} from './SourcePanelText.js';
import {explainMissing, type SourceAdvice} from './source-notes.js';
import {useScrollRange} from './use-scroll-range.js';

export interface SourceAreaProps {
  readonly store: TreeStore;
  readonly excerpt: SourceExcerpt;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly advice: SourceAdvice | undefined;
}

/** The source around a line, or why there is none. */
export function SourceArea({store, excerpt, width, height, theme, advice}: SourceAreaProps) {
  const {file, line, result} = excerpt;
  if (result.kind === 'text') {
    return (
      <SourceLines store={store} source={result} line={line} width={width} height={height} theme={theme} />
    );
  }
  const texts = explainMissing(file, result, advice);
  return <ScrolledTexts store={store} texts={texts} width={width} height={height} />;
}

interface SourceLinesProps {
  readonly store: TreeStore;
  readonly source: SourceText;
  /** The selected line, 1-based. */
  readonly line: number;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

function SourceLines({store, source, line, width, height, theme}: SourceLinesProps) {
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
