import {type Budget, judge, type Verdict} from './budget.js';
import {NOTHING_UNFINISHED} from './gaps.js';

/** The verdict where nothing could be read: nobody knows whether the limit is kept. @param missing what, and why */
export function judgeUnread(budget: Budget, missing: string): Verdict {
  return judge(budget, {
    ...{bytes: 0, base: null, suppressed: 0, pools: 0, each: [], medianOf: null, sumOf: null},
    ...{missing, unfinished: NOTHING_UNFINISHED, unmatched: []},
  });
}
