import {expect, test} from 'vitest';
import {RecentAnswers} from '../../bin/recent-answers.js';
import type {Snapshot, View} from '../../src/heap/snapshot.js';
import type {LoadDone} from '../../src/reader/load-messages.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const LEAKS: View = {kind: 'leaks'};
const progress = {bytesRead: 1, totalBytes: 2, records: 1, elapsedMs: 1};
const ask = (select: View) => ({select, limit: 1, shown: 200, wholePeak: false});

function answer(kind: 'peak' | 'leaks', capture: Partial<Snapshot['capture']> = {}): LoadDone {
  const snapshot = parseSnapshot('main app.py:1 100');
  return {
    type: 'done',
    progress,
    snapshot: {...snapshot, view: {kind}, capture: {...snapshot.capture, ...capture}},
  };
}

test('an answer is found again for its selection', () => {
  const answers = new RecentAnswers();
  const leaks = answer('leaks');
  answers.add(leaks);
  answers.add(answer('peak'));
  expect(answers.find(ask(LEAKS))).toBe(leaks);
});

test.each([{pid: 7}, {startTimeMs: 8}, {allocationRecords: 9}])(
  'an answer about another recording is forgotten: %o',
  capture => {
    const answers = new RecentAnswers();
    answers.add(answer('leaks'));
    answers.add(answer('peak', capture));
    expect(answers.find(ask(LEAKS))).toBeNull();
  },
);
