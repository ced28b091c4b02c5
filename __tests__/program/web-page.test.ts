import {readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {gzipSync, zstdCompressSync} from 'node:zlib';
import {rolldown} from 'rolldown';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readCapture, toJson, toText} from '../../src/headless.js';
import {type Browser, openBrowser, type Page} from '../helpers/browser.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {findChromium} from '../helpers/chromium.js';
import {listAllBlocks} from '../helpers/documents.js';
import {projectRoot} from '../helpers/terminal.js';
import {serveFiles, type WebServer} from '../helpers/web-server.js';

// The package in a page: bundled as any bundler for browsers does it, and loaded by Chromium.

const EXAMPLE = join(projectRoot, 'examples/web-page');
const NEWSROOM = join(projectRoot, 'examples/newsroom/newsroom.bin');
const CAPTURES = ['nested', 'threads', 'unicode', 'hostile', 'empty', 'deep', 'aggregate-middle'];
/** What the documents show for pages. */
const BLOCKS = listAllBlocks()
  .filter(({facts}) => facts.get('in') === 'page')
  .map((block, index) => ({...block, name: `block-${index}`}));
const NATIVE = 'native-nested';

/** A page for tests: everything that the package has is in `window.headless`. */
const WHOLE = 'whole.js';

interface Bundle {
  readonly files: ReadonlyMap<string, string>;
  /** The names of files, or what is outside. */
  readonly imports: readonly string[];
}

async function bundle(): Promise<Bundle> {
  const scripts = new Map([
    [WHOLE, "import * as headless from 'memray-tree-ink/headless'; window.headless = headless;"],
    ...BLOCKS.map(({name, code}) => [`${name}.js`, code] as const),
  ]);
  const inputs = [...scripts.keys()].map(name => [name.replace(/\.js$/, ''), name]);
  const build = await rolldown({
    input: {page: join(EXAMPLE, 'page.js'), ...Object.fromEntries(inputs)},
    platform: 'browser',
    plugins: [
      {
        name: 'scripts',
        resolveId: source => (scripts.has(source) ? join(EXAMPLE, source) : null),
        load: id => scripts.get(relative(EXAMPLE, id)),
      },
    ],
  });
  const {output} = await build.generate({format: 'esm', entryFileNames: '[name].js'});
  await build.close();
  const chunks = output.filter(file => file.type === 'chunk');
  return {
    files: new Map(chunks.map(({fileName, code}) => [fileName, code])),
    imports: chunks.flatMap(({imports, dynamicImports}) => [...imports, ...dynamicImports]),
  };
}

const readFixture = (name: string) => readFileSync(`${fixturesDirectory}/${name}.bin`);

/** Captures in gzip. */
function packCaptures(): ReadonlyMap<string, Uint8Array> {
  const nested = readFixture('nested');
  const packed = gzipSync(nested);
  const half = Math.floor(packed.length / 2);
  const wrongBit = (at: number) => packed.map((byte, index) => (index === at ? byte ^ 1 : byte));
  return new Map<string, Uint8Array>([
    ['nested.gz', packed],
    ['large.gz', gzipSync(readFixture('deep'))],
    ['parts.gz', Buffer.concat([gzipSync(nested.subarray(0, 5000)), gzipSync(nested.subarray(5000))])],
    ['empty-part.gz', Buffer.concat([gzipSync(''), packed])],
    ['zeros.gz', Buffer.concat([packed, Buffer.alloc(600)])],
    ['more.gz', Buffer.concat([packed, Buffer.from('more')])],
    ['cut-part.gz', Buffer.concat([packed, packed]).subarray(0, -30)],
    ['cut-end.gz', packed.subarray(0, -3)],
    ['wrong-data.gz', wrongBit(half)],
    ['wrong-check.gz', wrongBit(packed.length - 6)],
  ]);
}

const PACKED = packCaptures();

/** What is chosen in a page. */
const chosen = new File([readFixture('nested')], 'nested.bin');

let browser: Browser;
let server: WebServer;
let bundled: Bundle;
let page: Page;

beforeAll(async () => {
  const chromium = findChromium();
  if (chromium === null) throw new Error('there is no Chromium; CHROME_PATH names one');
  bundled = await bundle();
  const nested = readFixture('nested');
  server = await serveFiles(
    new Map<string, string | Uint8Array>([
      ...bundled.files,
      ['index.html', readFileSync(join(EXAMPLE, 'index.html'), 'utf8')],
      ['whole.html', `<!doctype html><script type="module" src="${WHOLE}"></script>`],
      ...BLOCKS.map(
        ({name}) =>
          [
            `${name}.html`,
            `<!doctype html><input type="file"><pre></pre><script type="module" src="/${name}.js"></script>`,
          ] as const,
      ),
      ...[...CAPTURES, NATIVE].map(name => [`${name}.bin`, readFixture(name)] as const),
      ...PACKED,
      ['nested.zst', zstdCompressSync(nested)],
      ['cut.bin', nested.subarray(0, 5000)],
    ]),
  );
  browser = await openBrowser(chromium);
  page = await browser.open(`${server.url}whole.html`);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** What a function makes of a result in the page. `blob` is the content of a file of the server. */
function readInPage<T>(file: string, use: string, options: object = {}, source = 'blob'): Promise<T> {
  return page.evaluate<T>(`(async () => {
    const blob = await (await fetch('/${file}')).blob();
    const result = await headless.readCapture(${source}, ${JSON.stringify(options)});
    return (${use})(result);
  })().catch(error => ({error: error.name, code: error.code, message: error.message}))`);
}

test('imports nothing that pages lack', () => {
  expect(bundled.imports.filter(name => !bundled.files.has(name))).toEqual([]);
  expect(bundled.imports).not.toEqual([]);
});

describe('reads what Node reads', () => {
  test.each(CAPTURES)('%s', async name => {
    const result = await readCapture(readFixture(name));
    expect(await readInPage(`${name}.bin`, 'headless.toJson')).toBe(toJson(result));
    expect(await readInPage(`${name}.bin`, 'headless.toText')).toBe(toText(result));
  });

  test.each([
    'leaks',
    'inverted by:function',
    'at:50%',
    'grown:10%..90%',
    'gen:20%,60%',
    'places',
    'stats',
    'through:re:make_.*',
    'alloc:malloc size:1kB.. flat',
  ])('by the view %s', async view => {
    const result = await readCapture(readFixture('nested'), {view});
    expect(await readInPage('nested.bin', 'headless.toText', {view})).toBe(toText(result));
  });

  test('of a native capture, without the names that are in files of the machine', async () => {
    const options = {pythonOnly: true};
    const python = await readCapture(readFixture(NATIVE), options);
    expect(await readInPage(`${NATIVE}.bin`, 'headless.toText', options)).toBe(toText(python));
    const shown = await readInPage(`${NATIVE}.bin`, '({of, capture: {notes}}) => ({of, notes})');
    expect(shown).toEqual({
      of: python.of,
      notes: expect.arrayContaining([
        expect.stringMatching(/^\d+ libraries not found; native names are incomplete/),
      ]),
    });
  });

  test.each([
    ['a stream', 'blob.stream()'],
    ['bytes', 'new Uint8Array(await blob.arrayBuffer())'],
  ])('from %s', async (_, source) => {
    const text = toText(await readCapture(readFixture('nested')));
    expect(await readInPage('nested.bin', 'headless.toText', {}, source)).toBe(text);
  });

  test('from a File, which has a name', async () => {
    const source = 'new File([blob], "nested.bin")';
    expect(await readInPage('nested.bin', 'headless.toText', {}, source)).toBe(
      toText(await readCapture(chosen)),
    );
  });
});

describe('of compressed captures', () => {
  test.each([...PACKED])('reads %s as Node does', async (name, bytes) => {
    const {damage, capture, of} = await readCapture(bytes);
    const facts = '({damage, capture: {notes}, of}) => ({damage, notes, of})';
    expect(await readInPage(name, facts)).toEqual({damage, notes: capture.notes, of});
  });

  test('refuses zstd', async () => {
    expect(await readInPage('nested.zst', 'headless.toText')).toMatchObject({
      error: 'CaptureError',
      code: 'not-a-capture',
      message: expect.stringMatching(/^is compressed with zstd, which a page cannot open; /),
    });
  });
});

describe('streams', () => {
  test.each(['{view: "at:50%"}', '{blocks: true}'])('cannot be read twice, as %s needs', async options => {
    const failed = await page.evaluate(`(async () => {
      const {body} = await fetch('/nested.bin');
      return headless.readCapture(body, ${options}).catch(({code}) => code);
    })()`);
    expect(failed).toBe('read-once');
  });

  test('need not be iterable', async () => {
    const stream = '(stream => ({getReader: () => stream.getReader()}))(blob.stream())';
    const text = toText(await readCapture(readFixture('nested')));
    expect(await readInPage('nested.bin', 'headless.toText', {}, stream)).toBe(text);
  });

  test('are cancelled when the reading is aborted while they wait', async () => {
    const reason = await page.evaluate(`(async () => {
      const ending = new AbortController();
      let cancelled = null;
      const stream = new ReadableStream({
        pull: () => new Promise(() => setTimeout(() => ending.abort('enough'))),
        cancel() { cancelled = 'cancelled'; },
      });
      const reason = await headless.readCapture(stream, {signal: ending.signal}).catch(error => error);
      return [reason, cancelled];
    })()`);
    expect(reason).toEqual(['enough', 'cancelled']);
  });
});

test('shows what is before damage', async () => {
  const {damage} = await readCapture(readFixture('nested').subarray(0, 5000));
  expect(damage).not.toBeNull();
  expect(await readInPage('cut.bin', '({damage}) => damage')).toEqual(damage);
});

test('cannot open paths', async () => {
  expect(await readInPage('nested.bin', 'headless.toText', {}, '"results.bin"')).toEqual({
    error: 'CaptureError',
    code: 'cannot-open',
    message: 'a page cannot open paths; pass a File, bytes or a stream',
  });
});

test('the example shows a capture that is dropped on it', async () => {
  const shown = await browser.open(`${server.url}index.html`);
  await shown.drop(NEWSROOM);
  await shown.evaluate(`new Promise(resolve => {
    const look = () => (document.querySelector('details') ? resolve() : requestAnimationFrame(look));
    look();
  })`);
  const {tree, capture} = await readCapture(NEWSROOM);
  const label = (number: number) => {
    const {function: name, file, line, bytes} = tree.getNode(number);
    return `${bytes.toLocaleString('en')} bytes  ${name}${file ? `  ${file}:${line}` : ''}`;
  };
  expect(await shown.evaluate('document.querySelector("#summary").textContent')).toBe(
    `newsroom.bin: ${capture.commandLine}`,
  );
  expect(await shown.evaluate('document.querySelector("#tree summary").textContent')).toBe(label(tree.root));
  const children = await shown.evaluate(`new Promise(resolve => {
    const root = document.querySelector('#tree details');
    root.addEventListener('toggle', () => resolve([...root.querySelectorAll('#tree details details > summary')].map(s => s.textContent)));
    root.open = true;
  })`);
  expect(children).toEqual(tree.getChildren(tree.root).map(label));
  expect(shown.log.filter(line => !line.startsWith('request '))).toEqual([]);
});

describe('the documents', () => {
  test('show pages', () => expect(BLOCKS).not.toEqual([]));

  test.each(BLOCKS)('$at shows the text of a file that is chosen', async ({name, code}) => {
    const shown = await browser.open(`${server.url}${name}.html`);
    const text = await shown.evaluate(`(async () => {
      const chosen = new DataTransfer();
      chosen.items.add(new File([await (await fetch('/nested.bin')).blob()], 'nested.bin'));
      const input = document.querySelector('input');
      input.files = chosen.files;
      const written = new Promise(resolve =>
        new MutationObserver(() => resolve(document.querySelector('pre').textContent))
          .observe(document.querySelector('pre'), {childList: true}));
      input.dispatchEvent(new Event('change'));
      return written;
    })()`);
    const view = /view: '(.*?)'/.exec(code)![1]!;
    expect(text).toBe(toText(await readCapture(chosen, {view})));
  });
});
