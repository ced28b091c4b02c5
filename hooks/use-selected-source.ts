import {useLayoutEffect, useMemo} from 'react';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {SourceExcerpt} from '../src/source/source-excerpt.js';
import type {SourceReader} from '../src/source/source-reader.js';
import {getSelectedFrame} from '../src/store/source-pane/selected-frame.js';
import {useSourceExcerpt} from './use-source-excerpt.js';
import {useTreeState} from './use-tree-store.js';

/** Reads the source of the selected frame, and hands it to the store. */
export function useSelectedSource(store: TreeStore, reader: SourceReader): SourceExcerpt | null {
  const filtered = useTreeState(store, state => state.filtered);
  const cursorNode = useTreeState(store, state => state.cursorNode);
  const capture = useTreeState(store, state => state.capture);
  const revealedFiles = useTreeState(store, state => state.revealedFiles);
  const snapshot = useTreeState(store, state => state.snapshot);
  const sourceSide = useTreeState(store, state => state.sourceSide);
  const frame = useMemo(
    () => getSelectedFrame({filtered, cursorNode, capture, revealedFiles, snapshot, sourceSide}),
    [filtered, cursorNode, capture, revealedFiles, snapshot, sourceSide],
  );
  const excerpt = useSourceExcerpt(reader, frame);
  // Before the next key can come.
  useLayoutEffect(() => store.actions.setExcerpt(excerpt), [store, excerpt]);
  useLayoutEffect(() => () => store.actions.setExcerpt(null), [store]);
  return excerpt;
}
