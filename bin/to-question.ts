import {getNeededView, needsBlocks} from '../src/query/needs.js';
import {countNeeded, getBiggest, type TreeQuery} from '../src/query/tree-query.js';
import type {Question} from '../src/reader/capture-session.js';

/** What a session is asked for a query. */
export function toQuestion(query: TreeQuery, wholePeak: boolean, blocks = needsBlocks(query)): Question {
  return {
    select: getNeededView(query),
    limit: countNeeded(query),
    blocks,
    shown: getBiggest(query),
    wholePeak,
  };
}
