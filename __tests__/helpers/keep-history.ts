import {type CaptureParser, createCaptureParser} from '../../src/heap/capture-parser.js';
import {HistoryReader} from '../../src/heap/history.js';
import {createHistoryKeeper} from '../../src/heap/history-keeper.js';

/** A capture that was read with its history. */
export function parseWithHistory(bytes: Uint8Array): CaptureParser {
  const parser = createCaptureParser({
    view: {kind: 'peak'},
    biggestAllocs: Infinity,
    history: createHistoryKeeper(true),
  });
  parser.push(bytes);
  parser.end();
  return parser;
}

export function openHistoryOf(bytes: Uint8Array): HistoryReader {
  return new HistoryReader(parseWithHistory(bytes).getHistory()!);
}
