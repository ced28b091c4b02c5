import {Box, Text, useInput} from 'ink';
import {useState} from 'react';
import {describe, expect, test} from 'vitest';
import {TreeView} from '../../components/TreeView.js';
import {useKeymap} from '../../hooks/use-keymap.js';
import {useTreeState} from '../../hooks/use-tree-store.js';
import {createTreeStore, type TreeStore} from '../../src/session/create-tree-store.js';
import {isTyping as isTypingIn} from '../../src/store/typing.js';
import {renderFrame} from '../helpers/render.js';
import {parseSnapshot, parseTree} from '../helpers/tree-text.js';

// An app and the tree in it hear the same keys.

const TEXT = 'main a.py:1\n  request a.py:2 5\n  quit a.py:3 3';
const TREE = parseTree(TEXT);

interface HostProps {
  readonly store?: TreeStore;
  readonly isActive?: boolean;
}

/** Writes down the keys that it takes for its own. */
function Host({store, isActive = true}: HostProps) {
  const [isTyping, setTyping] = useState(false);
  const [heard, setHeard] = useState('');
  useInput((input, key) => {
    if (!isTyping) setHeard(text => `${text}${key.return ? '⏎' : input}`);
  });
  return (
    <Box flexDirection="column">
      <Text>{`heard ${heard}, ${isTyping ? 'typing' : 'listening'}`}</Text>
      <TreeView
        {...(store === undefined ? {tree: TREE} : {store})}
        width={50}
        height={5}
        isActive={isActive}
        onTyping={setTyping}
      />
    </Box>
  );
}

function getHeard(frame: string): string {
  return frame.split('\n')[0]!;
}

describe('while a search is typed', () => {
  test('the host knows that keys are not meant for it', async () => {
    const app = renderFrame(<Host />);
    await app.press('q', '/', 'q', 'u', 'i', 'enter', 'q');
    expect(getHeard(app.frame())).toBe('heard q/q, listening');
    expect(app.frame()).toMatch(/^❯.* quit /m);
  });

  test('it knows it too where the search is given up, or typed at once', async () => {
    const app = renderFrame(<Host />);
    await app.press('/');
    await app.type('req');
    expect(getHeard(app.frame())).toBe('heard /, typing');
    await app.press('escape', 'x');
    expect(getHeard(app.frame())).toBe('heard /x, listening');
  });

  test('a tree that ignores keys is not typed into', async () => {
    const app = renderFrame(<Host />);
    await app.press('/', 'q');
    await app.rerender(<Host isActive={false} />);
    expect(getHeard(app.frame())).toBe('heard /, listening');
    await app.rerender(<Host />);
    expect(getHeard(app.frame())).toBe('heard /, typing');
  });

  test('a tree that is gone is not typed into', async () => {
    const heard: boolean[] = [];
    const onTyping = (isTyping: boolean) => heard.push(isTyping);
    const app = renderFrame(<TreeView tree={TREE} width={50} height={5} onTyping={onTyping} />);
    await app.press('/', 'q');
    await app.rerender(<Text>gone</Text>);
    expect(heard).toEqual([true, false]);
  });
});

test.each(['f', ';', 't'])('the host knows of what key %s opens in a store', async key => {
  const app = renderFrame(<Host store={createTreeStore({snapshot: parseSnapshot(TEXT)})} />);
  await app.press('down', key);
  expect(getHeard(app.frame())).toBe(`heard ${key}, typing`);
  await app.press('escape');
  expect(getHeard(app.frame())).toBe(`heard ${key}, listening`);
});

test('a store says by itself whether something is typed', async () => {
  function Typing({store}: {readonly store: TreeStore}) {
    return <Text>{useTreeState(store, isTypingIn) ? 'typing' : 'listening'}</Text>;
  }
  const store = createTreeStore({snapshot: parseSnapshot(TEXT)});
  const app = renderFrame(<Typing store={store} />);
  store.actions.run('startSearch');
  await app.settle();
  expect(app.frame()).toBe('typing');
});

describe('a key is taken once', () => {
  function AllKeys({store, isActive}: {readonly store: TreeStore; readonly isActive: boolean}) {
    useKeymap({store, isActive});
    return <TreeView store={store} width={50} height={5} />;
  }

  test('where a host takes all keys of the store of a tree', async () => {
    const store = createTreeStore({snapshot: parseSnapshot(TEXT)});
    const app = renderFrame(<AllKeys store={store} isActive={true} />);
    await app.press('down');
    expect(store.getState().cursor).toBe(1);
    await app.press('?');
    expect(store.getState().help).not.toBe(null);
  });

  test('by the tree while the host takes none', async () => {
    const store = createTreeStore({snapshot: parseSnapshot(TEXT)});
    const app = renderFrame(<AllKeys store={store} isActive={false} />);
    await app.press('down', '?');
    expect(store.getState()).toMatchObject({cursor: 1, help: null});
    await app.rerender(<AllKeys store={store} isActive={true} />);
    await app.press('down');
    expect(store.getState().cursor).toBe(2);
  });

  test('where two trees show one store', async () => {
    const store = createTreeStore({snapshot: parseSnapshot(TEXT)});
    const first = <TreeView store={store} width={50} height={5} />;
    const app = renderFrame(
      <>
        {first}
        <TreeView store={store} width={50} height={5} />
      </>,
    );
    await app.press('down');
    expect(store.getState().cursor).toBe(1);
    await app.rerender(first);
    await app.press('down');
    expect(store.getState().cursor).toBe(2);
  });
});
