// Builds everything into dist/: bin/ (the command line, with all it needs inside), the library (ink and react stay outside)
// and its types.
import {execFileSync} from 'node:child_process';
import {chmodSync, rmSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'rolldown';
import './build-core.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, {recursive: true, force: true});

const shared = {
  cwd: root,
  platform: 'node',
  resolve: {
    extensionAlias: {'.js': ['.ts', '.tsx', '.js']},
    alias: {
      // Ink connects to it in development only.
      'react-devtools-core': `${root}src/ink-overrides/empty-module.mjs`,
      'cli-highlight$': `${root}src/ink-overrides/cli-highlight.mjs`,
      // The whole of highlight.js knows 190 languages; sources of a capture are in three.
      'highlight.js$': `${root}src/ink-overrides/highlight-languages.mjs`,
    },
  },
};

/**
 * Faster modules in the place of some that cost most of the time of a key: those of src/ink-overrides, which say more. Only for the command
 * line, whose Ink is its own; the library has its host's.
 */
const ink = import.meta.resolve('ink');
const standIns = new Map(
  [
    [import.meta.resolve('string-width'), 'string-width.mjs'],
    [new URL('output.js', ink), 'ink-output.mjs'],
    [new URL('sanitize-ansi.js', ink), 'ink-sanitize-ansi.mjs'],
    [new URL('line-update.js', ink), 'ink-line-update.mjs'],
  ].map(([original, file]) => [fileURLToPath(original), `${root}src/ink-overrides/${file}`]),
);
const putStandIns = {
  name: 'stand-ins',
  resolveId: {
    filter: {id: /^string-width$|\/(?:output|sanitize-ansi|line-update)\.js$/},
    /** By the file that is meant: some packages bring a string-width of their own, older one. A stand-in itself gets the original. */
    async handler(source, importer) {
      const resolved = await this.resolve(source, importer, {skipSelf: true});
      const standIn = standIns.get(resolved?.id);
      return standIn === importer ? null : standIn;
    },
  },
};

/** V8 checks regular expressions when it parses their module, and this one takes it 12 ms. Few texts ever need it. */
const parseEmojiLater = {
  name: 'parse-emoji-later',
  transform: {
    filter: {id: /string-width\/index\.js$/},
    handler(code) {
      const eager = 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;';
      const lazy = `let emoji;
const rgiEmojiRegex = {test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};`;
      return code.includes(eager) ? code.replace(eager, () => lazy) : null;
    },
  },
};

await build({
  ...shared,
  plugins: [putStandIns, parseEmojiLater],
  input: {'memray-tree-ink': 'bin/memray-tree-ink.ts', worker: 'src/reader/worker.ts'},
  transform: {
    // yoga-layout would load all of Node's HTTP to fetch the wasm that is embedded in it.
    define: {'process.env.NODE_ENV': '"production"', fetch: 'undefined'},
    inject: {'Intl.Segmenter': `${root}src/ink-overrides/lazy-segmenter.mjs`},
    jsx: {runtime: 'automatic', development: false},
  },
  output: {
    dir: `${root}dist/bin`,
    format: 'esm',
    minify: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
});

await build({
  ...shared,
  input: {index: 'src/index.ts', headless: 'src/headless.ts', testing: 'src/testing.tsx'},
  external: ['ink', 'react', 'react/jsx-runtime'],
  transform: {jsx: {runtime: 'automatic', development: false}},
  output: {
    dir: `${root}dist`,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  },
});

chmodSync(`${root}dist/bin/memray-tree-ink.js`, 0o755);
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.types.json'], {
  cwd: root,
  stdio: 'inherit',
});
