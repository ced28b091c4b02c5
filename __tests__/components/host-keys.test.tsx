import {Box, Text, useInput} from 'ink';
import {useState} from 'react';
import {describe, expect, test} from 'vitest';
import {StatusBar} from '../../components/StatusBar.js';
import {TreeView} from '../../components/TreeView.js';
import {useKeymap} from '../../hooks/use-keymap.js';
import {useTreeState} from '../../hooks/use-tree-store.js';
import {createTreeStore, type TreeStore} from '../../src/session/create-tree-store.js';
import {loadCapture} from '../../src/session/load-capture.js';
import {isTyping as isTypingIn} from '../../src/store/typing.js';
import {fixturesDirectory} from '../helpers/captures.js';
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

describe('beside a status line', () => {
  interface ProfileProps {
    readonly store: TreeStore;
    readonly scope: 'tree' | 'program';
  }

  function Profile({store, scope}: ProfileProps) {
    useKeymap({store, isActive: scope === 'program'});
    return (
      <Box flexDirection="column">
        <TreeView store={store} width={100} height={10} />
        <StatusBar store={store} width={100} scope={scope} />
      </Box>
    );
  }

  async function open(scope: ProfileProps['scope'], blocks = true) {
    const store = createTreeStore();
    await loadCapture(store, `${fixturesDirectory}/nested.bin`, {blocks});
    const app = renderFrame(<Profile store={store} scope={scope} />, {columns: 100, rows: 20});
    await app.settle();
    return {...app, store, getLast: () => app.frame().split('\n').at(-1)!};
  }

  test.each(['v', 'T', 'H', 'Y'])('%s is said to be left to the app', async key => {
    const {press, getLast, store} = await open('tree');
    const before = store.getState();
    await press(key);
    expect(getLast()).toBe(`The tree leaves the key ${key} to this app`);
    expect({...store.getState(), keyNote: null}).toEqual({...before, keyNote: null});
  });

  test.each([['q'], ['?'], ['tab'], ['A']])('%s may be a key of the app', async key => {
    const {press, getLast} = await open('tree');
    const before = getLast();
    await press(key);
    expect(getLast()).toBe(before);
  });

  test.each([
    ['v', 'Only this view was loaded'],
    ['T', 'This app does not show the course of the run'],
    ['tab', 'This app shows no source beside the tree'],
    ['y', 'Nothing here can be copied'],
    ['Y', 'Nothing here can be copied'],
    ['q', 'This app does not quit by this key'],
    ['R', 'This app does not read the capture again'],
  ])('%s says why it does nothing, where all keys are taken', async (key, note) => {
    const {press, getLast, frame} = await open('program');
    const rows = frame().split('\n').slice(0, 10);
    await press(key);
    expect(getLast()).toBe(note);
    expect(frame().split('\n').slice(0, 10)).toEqual(rows);
  });

  test('o and an export say why they do nothing', async () => {
    const {press, getLast} = await open('program');
    await press('end', 'o');
    expect(getLast()).toBe('This app opens no editor');
    await press('x', 'enter');
    await press('enter');
    expect(getLast()).toBe('This app does not write exports');
  });

  test('steps are kept, and no key goes to a line of them that is not there', async () => {
    const {press, getLast, store} = await open('program');
    await press('down', 'z');
    expect(getLast()).not.toContain('Steps');
    await press(',');
    expect(getLast()).toBe('This app does not show the steps; Backspace takes the last one back');
    expect(store.getState().crumb).toBe(null);
  });

  test('only keys that do something have hints', async () => {
    const {getLast} = await open('program');
    expect(getLast()).not.toMatch(/Time strip|Source/);
  });

  test.each([
    [';', 'Steps at this row'],
    ['t', 'Threads'],
    [':', 'Commands'],
  ])('%s opens its menu in place of the rows', async (key, title) => {
    const {press, frame} = await open('program');
    await press('down', key);
    expect(frame().split('\n')[0]).toContain(title);
    await press('escape');
    expect(frame().split('\n')[0]).toContain('<ROOT>');
  });

  test('H shows its figures in place of the rows, which scroll', async () => {
    const {press, frame} = await open('program');
    await press('H');
    const figures = frame().split('\n').slice(0, 10);
    expect(figures[0]).toBe('<ROOT>');
    expect(figures[9]).toMatch(/^lines 1-9 of /);
    await press('down');
    expect(frame().split('\n')[0]).toBe(figures[1]);
    await press('H');
    expect(frame()).toMatch(/^❯.*<ROOT>/);
  });

  test.each(['6', 'H'])('%s says so where single allocations were not loaded', async key => {
    const {press, frame} = await open('program', false);
    await press(key);
    expect(frame()).toContain('Single allocations were not loaded');
  });
});
