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
      'react-devtools-core': `${root}scripts/stand-ins/empty-module.mjs`,
      // The whole of highlight.js knows 190 languages; sources of a capture are in three.
      'highlight.js$': `${root}scripts/stand-ins/highlight-languages.mjs`,
    },
  },
};

await build({
  ...shared,
  input: {'memray-tree-ink': 'bin/memray-tree-ink.ts', worker: 'src/reader/worker.ts'},
  transform: {
    define: {'process.env.NODE_ENV': '"production"'},
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
