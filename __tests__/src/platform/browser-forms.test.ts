import {globSync} from 'node:fs';
import {expect, test} from 'vitest';
import * as pageBase64 from '../../../src/platform/base64.browser.js';
import * as base64 from '../../../src/platform/base64.js';
import * as pageHeapLimit from '../../../src/platform/heap-limit.browser.js';
import * as heapLimit from '../../../src/platform/heap-limit.js';
import * as pageNextTurn from '../../../src/platform/next-turn.browser.js';
import * as nextTurn from '../../../src/platform/next-turn.js';
import * as pageUnpackers from '../../../src/platform/unpackers.browser.js';
import * as unpackers from '../../../src/platform/unpackers.js';
import * as pageOpenFile from '../../../src/reader/open-file.browser.js';
import * as openFile from '../../../src/reader/open-file.js';
import * as pageImageOpener from '../../../src/symbols/image-opener.browser.js';
import * as imageOpener from '../../../src/symbols/image-opener.js';
import {projectRoot} from '../../helpers/terminal.js';

// Modules that have a form for Node and one for pages. What both do alike is tested in a page, by
// `program/web-page.test.ts`.

/** The type checker compares their types. */
const forms: readonly (readonly [name: string, node: object, page: object])[] = [
  ['platform/base64', base64, pageBase64 satisfies typeof base64],
  ['platform/heap-limit', heapLimit, pageHeapLimit satisfies typeof heapLimit],
  ['platform/next-turn', nextTurn, pageNextTurn satisfies typeof nextTurn],
  ['platform/unpackers', unpackers, pageUnpackers satisfies typeof unpackers],
  ['reader/open-file', openFile, pageOpenFile satisfies typeof openFile],
  ['symbols/image-opener', imageOpener, pageImageOpener satisfies typeof imageOpener],
];

test('all of them are compared here', () => {
  const files = globSync('src/**/*.browser.ts', {cwd: projectRoot});
  expect(files.map(file => file.slice('src/'.length, -'.browser.ts'.length)).toSorted()).toEqual(
    forms.map(([name]) => name),
  );
});

test.each(forms)('both forms of %s export the same', (_, node, page) => {
  expect(Object.keys(page)).toEqual(Object.keys(node));
});
