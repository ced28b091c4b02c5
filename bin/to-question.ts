import {countNeeded, getBiggest, type TreeQuery} from '../src/query/tree-query.js';
import type {Question} from '../src/reader/capture-session.js';

/** What a session is asked for a query. */
export function toQuestion(query: TreeQuery, wholePeak: boolean): Question {
  return {select: query.select, limit: countNeeded(query), shown: getBiggest(query), wholePeak};
}
