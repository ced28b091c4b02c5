import type {KnipConfig} from 'knip';

/** Of `npm run lint`: finds files, exports and dependencies that nothing uses. */
const config: KnipConfig = {
  entry: [
    // What the build begins with, beside the entries that package.json names.
    'bin/memray-tree-ink.ts',
    'src/reader/worker.ts',
    'src/export/page/main.ts',
    'src/core/assembly/{index,block-index,history-index}.ts',
    'src/**/*.browser.ts',
    // What scripts and tests start by its path.
    'scripts/*.mjs',
    'scripts/bench/{huge-capture,read-history,shape-captures}.mjs',
    'examples/*/*.js',
  ],
  project: ['**/*.{ts,tsx,mjs,js}', '!src/{core,export}/generated/**'],
  // Types that the signature of an export names are exported with it.
  ignoreExportsUsedInFile: {interface: true, type: true},
  ignoreDependencies: [
    // Found by the paths of their files.
    '@arethetypeswrong/cli',
    'assemblyscript',
    'publint',
    'speedscope',
    // Packages of Ink and of ink-syntax-highlight: their versions must be those that these bring, since what we replace
    // of them is to be the same.
    '@alcalzone/ansi-tokenize',
    'cli-highlight',
    'get-east-asian-width',
    'signal-exit',
  ],
  // Of the system.
  ignoreBinaries: ['gcc', 'go', 'mkfifo', 'nm', 'script'],
};

export default config;
