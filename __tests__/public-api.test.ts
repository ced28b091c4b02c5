import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {formatApi, readApi} from '../scripts/build/types/api-report.js';
import * as headless from '../src/headless.js';
import * as library from '../src/index.js';
import * as testing from '../src/testing.js';
import {projectRoot} from './helpers/terminal.js';

// What other programs hold on to. A change here is a change for them: it belongs in the changelog.

test('memray-tree-ink', () => {
  expect(Object.keys(library).sort()).toMatchInlineSnapshot(`
    [
      "App",
      "HelpOverlay",
      "SearchPrompt",
      "SourcePanel",
      "StatusBar",
      "TreePane",
      "TreeStoreProvider",
      "TreeView",
      "createKeymap",
      "createTheme",
      "createTreeStore",
      "isTyping",
      "loadCapture",
      "useKeymap",
      "usePaneLayout",
      "useSourceExcerpt",
      "useSourceReader",
      "useTreeState",
      "useTreeStore",
      "useVisibleRows",
    ]
  `);
});

test('memray-tree-ink/headless', () => {
  expect(Object.keys(headless).sort()).toMatchInlineSnapshot(`
    [
      "CaptureError",
      "QueryError",
      "deriveTree",
      "formatQuery",
      "parseQuery",
      "readCapture",
      "toJson",
      "toText",
    ]
  `);
});

test('memray-tree-ink/testing', () => {
  expect(Object.keys(testing).sort()).toMatchInlineSnapshot(`
    [
      "renderFrame",
    ]
  `);
});

describe('docs/api.txt', () => {
  test('is the interface that was built', () => {
    const committed = readFileSync(join(projectRoot, 'docs/api.txt'), 'utf8');
    const advice = 'the public interface has changed: run `npm run api`, and name the change in CHANGELOG.md';
    expect(readApi(join(projectRoot, 'dist/types')), advice).toBe(committed);
  });

  test('has no comments but those of what is deprecated, in an order of its own', () => {
    const text = `import type {Socket} from 'node:net';
/** Opens. */
export declare function open(/* of a file */ name: "/*"): Socket;
interface Own { a: 1 }
/** @deprecated */
export type Box = {
    /** @deprecated use \`b\` */
    a: string;
    /** Kept. */
    b: string;
};
export {};
`;
    const [, report] = formatApi(new Map([['index', text]])).split('==== index ====\n\n');
    expect(report).toBe(`import type {Socket} from 'node:net';

/** @deprecated */
export type Box = {
    /** @deprecated use \`b\` */
    a: string;
    b: string;
};

export declare function open(name: "/*"): Socket;

interface Own { a: 1 }
`);
  });
});
