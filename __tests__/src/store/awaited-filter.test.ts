import {readFileSync} from 'node:fs';
import {beforeAll, expect, test} from 'vitest';
import {createKeymap} from '../../../src/commands/keymap.js';
import {readCapture} from '../../../src/headless.js';
import {loadRegexEngine} from '../../../src/query/bounded-regex.js';
import {createTreeStore} from '../../../src/session/create-tree-store.js';
import {fixturesDirectory} from '../../helpers/captures.js';

const bytes = readFileSync(`${fixturesDirectory}/nested.bin`);
const progress = {bytesRead: 1, totalBytes: 1, records: 1, elapsedMs: 1};

beforeAll(loadRegexEngine);

// Pressed at random: the view came later, with an expression that nobody could read.
test.each(['6', '7'])(
  'an expression that cannot be read is no filter while view %s is awaited',
  async key => {
    const {snapshot} = await readCapture(bytes, {allLocations: true});
    const store = createTreeStore({snapshot, onRequestView: () => {}});
    const keymap = createKeymap();
    for (const each of [key, 'f', ...'re:(', 'enter']) store.actions.press(each, keymap);
    expect(store.getState().filterPrompt?.error).toMatch(/missing closing/);
    const view = key === '6' ? 'places' : 'stats';
    const answer = await readCapture(bytes, {view, allLocations: true});
    store.actions.receive({type: 'done', progress, snapshot: answer.snapshot});
    // The filter as it was last readable: the text "re".
    const [step] = store.getState().query.steps;
    expect(step).toMatchObject({kind: 'through', term: {patterns: [{kind: 'part', text: 're'}]}});
  },
);
