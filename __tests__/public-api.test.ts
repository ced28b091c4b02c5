import {expect, test} from 'vitest';
import * as headless from '../src/headless.js';
import * as library from '../src/index.js';
import * as testing from '../src/testing.js';

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
