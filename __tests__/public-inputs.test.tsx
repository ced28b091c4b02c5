import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import fc from 'fast-check';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {COMMANDS} from '../src/commands/commands.js';
import {type CaptureInput, deriveTree, parseQuery, readCapture, toJson, toText} from '../src/headless.js';
import {
  App,
  createKeymap,
  createTheme,
  createTreeStore,
  HelpOverlay,
  type KeyBindings,
  loadCapture,
  SearchPrompt,
  SourcePanel,
  StatusBar,
  type Theme,
  TreePane,
  type TreeStore,
  type TreeStoreOptions,
  TreeView,
  useKeymap,
} from '../src/index.js';
import {renderFrame} from './helpers/render.js';
import {projectRoot} from './helpers/terminal.js';
import {parseSnapshot} from './helpers/tree-text.js';

// What a host may hand to the public functions by mistake: each wrong value is named, and none ends in a
// loop.

const example = join(projectRoot, 'examples/newsroom/newsroom.bin');
const TREE = {
  name: 'src',
  value: 3,
  children: [
    {name: 'a', value: 2, file: 'a.py', line: 3},
    {name: 'b', value: 1},
  ],
};

afterEach(() => {
  vi.restoreAllMocks();
});

const QUERY = parseQuery('through:mod:json by:function');
const PATTERNS = [{kind: 'part', text: 'x'}];

/** What is no view, and what is said of it. */
const WRONG_QUERIES: readonly (readonly [view: unknown, message: string])[] = [
  [5, 'view must be written steps or a query, not 5'],
  [{}, 'view.by must be one of line, function, file, module, package, not undefined'],
  [{...QUERY, sort: 'size'}, 'view.sort must be one of total, own, count, mean, name, not "size"'],
  [{...QUERY, diff: null}, 'view.diff must be one of difference, absolute, grown, not null'],
  [{...QUERY, isReversed: 1}, 'view.isReversed must be true or false, not 1'],
  [{...QUERY, isNormalized: undefined}, 'view.isNormalized must be true or false, not undefined'],
  [{...QUERY, biggest: -1}, 'view.biggest must be a whole number, not below 0, Infinity or null, not -1'],
  [{...QUERY, select: 'peak'}, 'view.select must be an object, not "peak"'],
  [{...QUERY, select: {kind: 'moment', at: 5}}, 'view.select.at must be a moment'],
  [{...QUERY, steps: 'drop:x'}, 'view.steps must be an array, not "drop:x"'],
  [{...QUERY, steps: [...QUERY.steps, 'drop:x']}, 'view.steps[1] must be a step as parseQuery makes it'],
  [{...QUERY, steps: [{kind: 'jump'}]}, 'view.steps[0] must be a step as parseQuery makes it'],
  [{...QUERY, steps: [{kind: 'through'}]}, 'view.steps[0] must be a step'],
  [{...QUERY, steps: [{kind: 'through', term: {field: 'x', patterns: PATTERNS}}]}, 'view.steps[0]'],
  [{...QUERY, steps: [{kind: 'through', term: {field: 'any', patterns: []}}]}, 'view.steps[0]'],
  [{...QUERY, steps: [{kind: 'size', from: '1', to: null}]}, 'view.steps[0]'],
  [{...QUERY, shape: {kind: 'round'}}, 'view.shape must be a shape as parseQuery makes it'],
  [{...QUERY, shape: {kind: 'callers'}}, 'view.shape must be a shape'],
];

/** Any value as the type that is asked for. */
const as = <T,>(value: unknown): T => value as T;

describe('readCapture', () => {
  test.each([
    [undefined, 'source must be a path, a URL, a Uint8Array, a Blob or a stream of bytes, not undefined'],
    [null, 'source must be a path, a URL, a Uint8Array, a Blob or a stream of bytes, not null'],
    [5, 'source must be a path, a URL, a Uint8Array, a Blob or a stream of bytes, not 5'],
    [{}, 'source must be a path, a URL, a Uint8Array, a Blob or a stream of bytes, not an object'],
    [[1, 2], 'source must be a path, a URL, a Uint8Array, a Blob or a stream of bytes, not an array'],
  ])('refuses %j', async (source, message) => {
    await expect(readCapture(as<CaptureInput>(source))).rejects.toThrow(new TypeError(message));
    await expect(loadCapture(createTreeStore(), as<CaptureInput>(source))).rejects.toThrow(message);
  });

  test.each([
    [{biggestAllocs: Number.NaN}, 'biggestAllocs must be a whole number, not below 0'],
    [{biggestAllocs: -1}, 'biggestAllocs must be a whole number, not below 0'],
    [{biggestAllocs: '5'}, 'biggestAllocs must be a whole number, not below 0'],
    [
      {temporaryAllocationThreshold: 1.5},
      'temporaryAllocationThreshold must be a whole number, not below 0, not 1.5',
    ],
    [
      {temporaryAllocationThreshold: Number.NaN},
      'temporaryAllocationThreshold must be a whole number, not below 0, not NaN',
    ],
    [{signal: {}}, 'signal must be an AbortSignal, not an object'],
    [{onProgress: 'log'}, 'onProgress must be a function, not "log"'],
    [{symbols: 5}, 'symbols must be a string, not 5'],
    [{leaks: 'yes'}, 'leaks must be true or false, not "yes"'],
    [{pythonOnly: 1}, 'pythonOnly must be true or false, not 1'],
    [{allLocations: 'x'}, 'allLocations must be true or false, not "x"'],
    [{blocks: 0}, 'blocks must be true or false, not 0'],
    [null, 'options must be an object, not null'],
  ])('refuses the options %j', async (options, message) => {
    await expect(readCapture(example, as(options))).rejects.toThrow(message);
  });

  test.each(WRONG_QUERIES)('refuses the view %j', async (view, message) => {
    const error = await readCapture(example, {view: as(view)}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
  });

  test('says so where a stream gives text', async () => {
    const stream = Readable.from(['some text']);
    await expect(readCapture(as<CaptureInput>(stream))).rejects.toThrow(
      'each chunk of the stream must be a Uint8Array, not "some text"',
    );
  });

  test('says so where the address is none of a file', async () => {
    await expect(readCapture(new URL('http://localhost/results.bin'))).rejects.toThrow(/cannot be opened/);
    await expect(readCapture('a\0b')).rejects.toThrow(/cannot be opened/);
  });

  test('hands on what the function for the progress throws', async () => {
    // A clock of one second a look: there is progress after each slice.
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      nowMs += 1000;
      return nowMs;
    });
    const error = new Error('of the host');
    const bytes = readFileSync(example);
    const chunks = Array.from({length: 64}, (_, index) => bytes.subarray(index * 1024, (index + 1) * 1024));
    const reading = readCapture(Readable.from(chunks), {
      onProgress: () => {
        throw error;
      },
    });
    await expect(reading).rejects.toBe(error);
  });
});

describe('deriveTree', () => {
  test.each(WRONG_QUERIES)('refuses the view %j', async (view, message) => {
    const result = await readCapture(example);
    const error = await deriveTree(result, as(view)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
  });
});

describe('toJson and toText', () => {
  test.each([
    [null, {}, 'result must be what readCapture resolves to, not null'],
    [{}, {}, 'result must be what readCapture resolves to, not an object'],
    [{capture: {}, tree: TREE}, {}, 'result must be what readCapture resolves to, not an object'],
  ])('refuse %j', (result, options, message) => {
    expect(() => toText(as(result), options)).toThrow(new TypeError(message));
    expect(() => toJson(as(result), options)).toThrow(new TypeError(message));
  });

  test.each([
    [{depth: Number.NaN}, 'depth must be a number, not below 0, not NaN'],
    [{depth: -1}, 'depth must be a number, not below 0, not -1'],
    [{color: 'red'}, 'color must be true, false or one of none, 16, 256, truecolor, not "red"'],
    [{palette: 'pink'}, 'palette must be one of dark, light, contrast, contrast-light, mono, not "pink"'],
    [{filters: 'none'}, 'filters must be an object, not "none"'],
    [{filters: {hideImportSystem: 1}}, 'filters.hideImportSystem must be true or false, not 1'],
    [{limit: -1}, 'limit must be a whole number, not below 0, not -1'],
    [{limit: 1.5}, 'limit must be a whole number, not below 0, not 1.5'],
    [{limit: '3'}, 'limit must be a whole number, not below 0, not "3"'],
    [{name: 5}, 'name must be a string, not 5'],
    [{ascii: 'yes'}, 'ascii must be true or false, not "yes"'],
    [{moduleFolders: '/srv'}, 'moduleFolders must be an array of strings, not "/srv"'],
    [{moduleFolders: [5]}, 'moduleFolders must be an array of strings, not an array'],
    [{formatValue: 'MB'}, 'formatValue must be a function, not "MB"'],
    [{formatPercent: 1}, 'formatPercent must be a function, not 1'],
    [{getIcon: 'x'}, 'getIcon must be a function, not "x"'],
    [null, 'options must be an object, not null'],
  ])('refuse the options %j', async (options, message) => {
    const result = await readCapture(example);
    expect(() => toText(result, as(options))).toThrow(new TypeError(message));
    expect(() => toJson(result, as(options))).toThrow(new TypeError(message));
  });
});

describe('a store', () => {
  test.each([
    [{name: 5}, 'name must be a string, not 5'],
    [{moduleOf: 'x'}, 'moduleOf must be a function, not "x"'],
    [{onQuit: true}, 'onQuit must be a function, not true'],
    [{onRedraw: 1}, 'onRedraw must be a function, not 1'],
    [{snapshot: {}}, 'snapshot.capture must be that of a load, not undefined'],
    [{filters: 1}, 'filters must be an object, not 1'],
    [null, 'options must be an object, not null'],
  ])('refuses %j', (options, message) => {
    expect(() => createTreeStore(as<TreeStoreOptions>(options))).toThrow(new TypeError(message));
  });

  test('refuses commands and messages that do not exist, and stays as it was', () => {
    const {actions, getState} = createTreeStore({tree: TREE});
    const before = getState();
    for (const command of ['jump', '__proto__', 'toString', null]) {
      expect(() => actions.run(as(command))).toThrow(/command must be the name of a command/);
    }
    for (const message of [null, {}, {type: 'done'}, {type: 'progress', progress: 5}, {type: 'failed'}]) {
      expect(() => actions.receive(as(message))).toThrow(/message/);
    }
    for (const excerpt of [5, {}, {file: 'a.py'}]) {
      expect(() => actions.setExcerpt(as(excerpt))).toThrow(/^excerpt/);
    }
    for (const context of [5, {}, {leftOut: ''}]) {
      expect(() => actions.setSourceContext(as(context))).toThrow(/^context/);
    }
    expect(() => actions.startLoad(as(7))).toThrow('name must be a string, not 7');
    for (const tree of [null, 5, 'x', Number.NaN, 10n, Symbol('q'), true, undefined]) {
      expect(() => actions.setTree(as(tree))).toThrow(/^tree must be an object, not /);
    }
    const {press, pressAll} = actions as unknown as Record<string, (...given: unknown[]) => void>;
    expect(() => press!()).toThrow('keystroke must be a string, not undefined');
    expect(() => press!('x')).toThrow('keymap must be made by createKeymap, not undefined');
    expect(() => press!('x', {})).toThrow('keymap must be made by createKeymap, not an object');
    expect(() => pressAll!()).toThrow('keystrokes must be an array of strings, not undefined');
    expect(() => pressAll!(['a', 5], createKeymap())).toThrow(
      'keystrokes must be an array of strings, not an array',
    );
    expect(() => pressAll!([])).toThrow('keymap must be made by createKeymap, not undefined');
    expect(getState()).toBe(before);
  });

  test('takes any numbers and keys, and shows a frame after them', {timeout: 120_000}, async () => {
    const number = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.constantFrom<unknown>(0, -1, 1e9, Number.NaN, undefined, 'x', null, 10n, Symbol('cell'), {}),
    );
    const keymap = createKeymap();
    const action = fc.oneof(
      fc.tuple(
        fc.constantFrom('clickAt', 'setViewport', 'setScreen', 'setSourceSize', 'setSourceRange'),
        number,
        number,
      ),
      fc.tuple(fc.constant('wheelAt'), number, number, number),
      fc.tuple(fc.constant('run'), fc.constantFrom(...COMMANDS.map(({id}) => id))),
      fc.tuple(fc.constant('press'), fc.string(), fc.constant(keymap)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, {maxLength: 12}), async actions => {
        const store = createTreeStore({
          snapshot: parseSnapshot('main a.py:1 5\n  f a.py:2 3'),
          columns: 80,
          rows: 20,
        });
        for (const [name, ...given] of actions) {
          (store.actions[name as keyof typeof store.actions] as (...all: unknown[]) => void)(...given);
        }
        const app = renderFrame(<App store={store} />, {columns: 80, rows: 20});
        await app.settle();
        expect(app.frame().split('\n')).toHaveLength(20);
        app.unmount();
      }),
      {numRuns: 100},
    );
  });
});

describe('sizes of components', () => {
  const store = createTreeStore({tree: TREE});
  const theme = createTheme();
  const components = (size: {width: number; height: number}) => [
    <TreeView key={0} tree={TREE} {...size} />,
    <TreePane key={1} store={store} theme={theme} {...size} />,
    <SourcePanel key={2} store={store} {...size} />,
    <StatusBar key={3} store={store} width={size.width} />,
    <SearchPrompt key={4} store={store} width={size.width} />,
    <HelpOverlay key={5} store={store} {...size} />,
    <App key={6} store={store} columns={size.width} rows={size.height} />,
  ];

  test.each([0, -1, 1, 2.5, Number.NaN, Infinity, -Infinity, '10', null, undefined])('%s', async cells => {
    for (const component of components({width: as(cells), height: as(cells)})) {
      const app = renderFrame(component, {columns: 30, rows: 5});
      await app.press('down', '/', 'a');
      expect(app.frame()).not.toMatch(/ERROR/);
      app.unmount();
    }
  });

  test.each([0, -5, Number.NaN, Infinity, 7.5])('a screen of %s columns and rows', async cells => {
    const app = renderFrame(<TreeView tree={TREE} />, {columns: cells, rows: cells});
    await app.press('down');
    await app.resize(cells, cells);
    expect(app.frame()).not.toMatch(/ERROR/);
  });
});

describe('keys and themes', () => {
  test.each([
    [null, 'keymap must be an object, not null'],
    ['vim', 'keymap must be an object, not "vim"'],
    [{jump: ['x']}, 'keymap.jump: there is no such command'],
    [{moveDown: 'x'}, 'keymap.moveDown must be an array of strings, not "x"'],
    [{moveDown: [5]}, 'keymap.moveDown must be an array of strings, not an array'],
  ])('the keymap %j', (bindings, message) => {
    expect(() => createKeymap(as<KeyBindings>(bindings))).toThrow(new TypeError(message));
  });

  test('keys that nobody can press, or that two commands have, do no harm', async () => {
    const keymap: KeyBindings = {moveDown: ['', 'no such key', 'x', 'x'], moveUp: ['x'], toggle: []};
    const app = renderFrame(<TreeView tree={TREE} width={40} height={4} keymap={keymap} />);
    await app.press('x', 'enter', 'end');
    expect(app.frame()).toMatch(/^❯.* b$/m);
  });

  test.each([
    [{depth: '8'}, 'depth must be one of none, 16, 256, truecolor, not "8"'],
    [{codes: {function: 31}}, 'codes.function must be a string, not 31'],
  ])('the theme %j', (options, message) => {
    expect(() => createTheme(as(options))).toThrow(new TypeError(message));
  });

  test.each([
    ['theme', {paint: 5}, 'theme must be made by createTheme, not an object'],
    ['store', {}, 'store must be made by createTreeStore, not an object'],
    ['keymap', {jump: []}, 'keymap.jump: there is no such command'],
    ['onSelect', 5, 'onSelect must be a function, not 5'],
    ['onTyping', true, 'onTyping must be a function, not true'],
    ['onToggle', 'x', 'onToggle must be a function, not "x"'],
    ['formatValue', 5, 'formatValue must be a function, not 5'],
    ['formatPercent', {}, 'formatPercent must be a function, not an object'],
    ['getIcon', 'x', 'getIcon must be a function, not "x"'],
    ['moduleOf', 'x', 'moduleOf must be a function, not "x"'],
  ])('TreeView draws in its place what is wrong with %s', async (name, value, message) => {
    const props = {[name]: as<Theme & TreeStore & KeyBindings>(value)};
    const app = renderFrame(<TreeView tree={TREE} width={90} height={4} {...props} />, {columns: 100});
    await app.settle();
    expect(app.frame().trimEnd()).toBe(`Cannot show the tree: ${message}`);
    await app.rerender(<TreeView tree={TREE} width={90} height={4} />);
    expect(app.frame()).toContain('src');
  });

  const wrong = {theme: as<Theme>('dark'), store: createTreeStore()};
  test.each([
    ['theme must be made by createTheme, not "dark"', <SourcePanel key={0} {...wrong} />],
    ['theme must be made by createTheme, not "dark"', <StatusBar key={1} {...wrong} width={60} />],
    ['theme must be made by createTheme, not "dark"', <SearchPrompt key={2} {...wrong} width={60} />],
    [
      'theme must be made by createTheme, not "dark"',
      <HelpOverlay key={3} {...wrong} width={60} height={9} />,
    ],
    ['theme must be made by createTheme, not "dark"', <App key={4} {...wrong} columns={60} rows={9} />],
    ['store must be made by createTreeStore, not 5', <SourcePanel key={5} store={as<TreeStore>(5)} />],
    ['keymap must be an object, not "vim"', <Keys key={6} keymap={as<KeyBindings>('vim')} />],
  ])('%s, says Ink, and prints none of our code', async (message, component) => {
    const app = renderFrame(component, {columns: 100, rows: 40});
    await app.settle();
    expect(app.frame().trim()).toBe(`ERROR  ${message}`);
  });
});

function Keys({keymap}: {keymap: KeyBindings}) {
  useKeymap({store: createTreeStore(), bindings: keymap});
  return null;
}

describe('renderFrame', () => {
  test('takes any element and can be left twice', async () => {
    for (const element of [null, undefined, false, '']) {
      const app = renderFrame(element);
      await app.settle();
      expect(app.frame()).toBe('');
      app.unmount();
      app.unmount();
    }
  });

  test('says which key does not exist', async () => {
    const app = renderFrame(<TreeView tree={TREE} />);
    await expect(app.press('hyper+x')).rejects.toThrow('no such key: hyper+x');
  });
});

describe('a tree view in the app of a host', () => {
  test('writes to no stream of the process and listens to nothing global', async () => {
    const countListeners = () =>
      [process, process.stdin, process.stdout, process.stderr].map(emitter =>
        emitter.eventNames().map(name => [String(name), emitter.listenerCount(name)]),
      );
    // Ink itself listens for the end of the process: once is enough to see what it does.
    const empty = renderFrame(null);
    await empty.settle();
    const before = countListeners();
    const spies = [process.stdout, process.stderr].map(stream => vi.spyOn(stream, 'write'));
    const logs = (['log', 'warn', 'error'] as const).map(name => vi.spyOn(console, name));
    empty.unmount();
    const app = renderFrame(<TreeView tree={TREE} />, {colorBits: 24});
    await app.press('down', '/', 'a', 'enter', 'E', 'i', 'u');
    await app.rerender(<TreeView tree={as(null)} />);
    await app.rerender(<TreeView tree={{name: 'x', value: Number.NaN}} />);
    expect(app.frame()).toContain('Cannot show the tree');
    expect(countListeners()).toEqual(before);
    app.unmount();
    for (const spy of [...spies, ...logs]) expect(spy).not.toHaveBeenCalled();
  });
});
