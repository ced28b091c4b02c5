/** A module that the build replaces. */
export interface ModuleOverride {
  /** Package and path of the original. */
  readonly original: string;
  /** The file of this folder that replaces it. */
  readonly replacement: string;
  /** What the replacement exports; the original must export it too. */
  readonly exports: readonly string[];
  /** Code of the original that the replacement depends on. */
  readonly reliesOn?: readonly string[];
  /**
   * An optional dependency of a package that uses it. It is not installed, so there is no original to look
   * at.
   */
  readonly isAbsent?: boolean;
}

/** Code of a module that the build replaces by other code. */
export interface CodePatch {
  readonly module: string;
  readonly before: string;
  readonly after: string;
  /** The program does the same without it, only later. */
  readonly isForSpeed?: true;
}

/** A global that the build replaces. */
export interface GlobalOverride {
  readonly global: string;
  /** A file of this folder, or a JavaScript expression. */
  readonly replacement: {readonly file: string} | {readonly expression: string};
  /** A module that uses it, and how. */
  readonly module: string;
  readonly use: string;
}

export interface Overrides {
  readonly modules: readonly ModuleOverride[];
  readonly patches: readonly CodePatch[];
  readonly globals: readonly GlobalOverride[];
}

const cliHighlight: ModuleOverride = {
  original: 'cli-highlight/dist/index.js',
  replacement: 'cli-highlight.ts',
  exports: ['highlight'],
};

/** For the command line, which contains an Ink of its own. The library shares those modules that are not of Ink. */
export const overrides: Overrides = {
  modules: [
    {
      original: 'ink/build/output.js',
      replacement: 'ink-output.ts',
      exports: ['default'],
      reliesOn: [
        '    operations = [];\n',
        "            type: 'write',\n            x,\n            y,\n            text,\n",
      ],
    },
    {original: 'ink/build/sanitize-ansi.js', replacement: 'ink-sanitize-ansi.ts', exports: ['default']},
    {original: 'ink/build/line-update.js', replacement: 'ink-line-update.ts', exports: ['default']},
    {original: 'string-width/index.js', replacement: 'string-width.ts', exports: ['default']},
    {original: 'terminal-size/index.js', replacement: 'terminal-size.ts', exports: ['default']},
    cliHighlight,
  ],
  patches: [
    // What Ink does for its developers where DEV=true: it loads the React DevTools, and prints warnings. Other
    // programs use that variable too.
    {
      module: 'ink/build/reconciler.js',
      before: "if (process.env['DEV'] === 'true') {\n    // Intentionally",
      after: 'if (false) {\n    // Intentionally',
    },
    {
      module: 'ink/build/reconciler.js',
      before: "if (process.env['DEV'] === 'true') {\n    try {\n        const loaded",
      after: 'if (false) {\n    try {\n        const loaded',
    },
    {
      module: 'ink/build/ink.js',
      before: "if (process.env['DEV'] === 'true') {",
      after: 'if (false) {',
    },
    {
      // For tests of yargs only: the environment of a user must not decide whether the program starts.
      module: 'yargs-parser/build/lib/index.js',
      before: 'process.env.YARGS_MIN_NODE_VERSION)',
      after: 'false)',
    },
    {
      // V8 checks regular expressions when it parses their module; this one takes 12 ms, and few texts need
      // it.
      module: 'string-width/index.js',
      before: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
      after: `let emoji;
const rgiEmojiRegex = {test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};`,
      isForSpeed: true,
    },
    {
      // At the end it would write to standard error, even where that is a file. bin/terminal/restore.ts shows
      // the cursor.
      module: 'restore-cursor/index.js',
      before: "process.stderr.write('\\u001B[?25h');",
      after: '',
    },
  ],
  globals: [
    {
      global: 'Intl.Segmenter',
      replacement: {file: 'lazy-segmenter.ts'},
      module: 'string-width/index.js',
      use: 'const segmenter = new Intl.Segmenter();',
    },
    {
      // yoga-layout would load all of Node's HTTP to fetch the wasm that it contains.
      global: 'fetch',
      replacement: {expression: 'undefined'},
      module: 'yoga-layout/dist/binaries/yoga-wasm-base64-esm.js',
      use: 'fetch(',
    },
  ],
};

/** Those without which the program would do something else. All others only make it faster, which a test of the screen without them shows. */
export const neededOverrides: Overrides = {
  modules: [],
  patches: overrides.patches.filter(({isForSpeed}) => !isForSpeed),
  globals: [],
};
