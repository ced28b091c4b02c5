import {useMemo} from 'react';
import {useOptionalTreeStore} from '../hooks/tree-store-context.js';
import {checkOptionalFunctions, describeError} from '../src/base/check.js';
import {createKeymap} from '../src/commands/keymap.js';
import {sanitize} from '../src/format/sanitize.js';
import {checkStore} from '../src/session/check-input.js';
import {Message} from './Message.js';
import {SizedBox} from './SizedBox.js';
import type {TreeViewProps} from './TreeView.js';
import {checkTheme, useTheme} from './use-theme.js';

/** What a message gets in a box that is as high as what it holds. */
export const MESSAGE_ROWS = 3;

type Props = Readonly<Record<keyof TreeViewProps, unknown>>;

const FUNCTIONS = ['onSelect', 'onToggle', 'onTyping', 'formatValue', 'formatPercent', 'getIcon', 'moduleOf'];

/** What is wrong with a property of a TreeView but its tree; null where nothing is. */
export function useMistake(props: Partial<Props>): string | null {
  const provided = useOptionalTreeStore();
  const store = props.store ?? provided;
  const {keymap, theme} = props;
  const ofKeymap = useMemo(
    () => findMistake(() => createKeymap(keymap as TreeViewProps['keymap'])),
    [keymap],
  );
  const ofOthers = findMistake(() => {
    if (theme !== undefined) checkTheme(theme);
    if (store !== null) checkStore(store);
    checkOptionalFunctions(props, FUNCTIONS);
  });
  return ofKeymap ?? ofOthers;
}

function findMistake(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return describeError(error);
  }
}

interface MistakeMessageProps {
  readonly mistake: string;
  readonly width?: number;
  readonly height?: number;
  readonly ascii?: boolean;
}

/** What stands in the place of a TreeView with a wrong property. */
export function MistakeMessage({mistake, width, height, ascii}: MistakeMessageProps) {
  const theme = useTheme(undefined, ascii);
  const message = {text: sanitize(`Cannot show the tree: ${mistake}`), role: 'error', theme} as const;
  return (
    <SizedBox width={width} height={height} wishedHeight={MESSAGE_ROWS}>
      {size => <Message {...size} {...message} />}
    </SizedBox>
  );
}
