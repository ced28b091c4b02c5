import {Box, Text} from 'ink';
import {useMemo} from 'react';
import {useTreeState} from '../hooks/use-tree-store.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {selectRunNamer} from '../src/store/comparison.js';
import {selectArenaBytes} from '../src/store/pools.js';
import {selectCapture} from '../src/store/selected-capture.js';
import {formatFacts} from '../src/store/source-pane/source-facts.js';
import {selectSpokenText} from '../src/store/spoken-text.js';

export interface LinearViewProps {
  readonly store: TreeStore;
}

/** The whole screen as sentences, for a screen reader (INK_SCREEN_READER=true). */
export function LinearView({store}: LinearViewProps) {
  const state = useTreeState(store, current => current);
  const lines = useMemo(() => {
    const isProcess = selectCapture(state) !== null;
    const {moduleOf, cursorNode, filtered, format} = state;
    const arenaBytes = selectArenaBytes(state);
    const nameRun = selectRunNamer(state);
    const context = {moduleOf, ascii: true, arrow: 'to', format, isProcess, arenaBytes, nameRun};
    const facts = formatFacts(filtered.tree, cursorNode, context);
    return selectSpokenText(
      state,
      facts.map(({text}) => text),
    );
  }, [state]);
  return (
    <Box flexDirection="column">
      <Text>{lines.join('\n')}</Text>
    </Box>
  );
}
