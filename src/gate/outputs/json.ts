import {listReasons, sortVerdicts, type Verdict} from '../budget.js';

/** The names of the captures that are judged. */
export interface JudgedCaptures {
  readonly captures: readonly string[];
  /** What they are compared with. */
  readonly bases: readonly string[];
}

/** One line of JSON with a line feed at its end. Sizes are whole bytes. */
export function formatVerdictsJson(verdicts: readonly Verdict[], {captures, bases}: JudgedCaptures): string {
  const passed = verdicts.every(({outcome}) => outcome === 'passed');
  return `${JSON.stringify({
    format: 'memray-tree-ink/gates',
    formatVersion: 1,
    captures,
    bases,
    medianOf: verdicts[0]?.medianOf ?? null,
    sumOf: verdicts[0]?.sumOf ?? null,
    passed,
    incomplete: listReasons(verdicts)[0] ?? null,
    gates: sortVerdicts(verdicts).map(toGate),
  })}\n`;
}

function toGate({budget, outcome, ...verdict}: Verdict) {
  const {bytes, base, suppressed, pools, measured, limit, over, unmatched, each, worst, isWithinNoise} =
    verdict;
  return {
    name: budget.name,
    view: budget.view,
    max: `${budget.isGrowth ? '+' : ''}${budget.max.written}`,
    why: budget.why,
    mustMatch: budget.mustMatch,
    bytes,
    base,
    suppressed,
    pools,
    measured,
    limit,
    over,
    passed: outcome === 'passed',
    outcome,
    matchesNothing: unmatched,
    withinNoise: isWithinNoise,
    // Where each of several captures has to keep the limit.
    capture: worst?.name ?? null,
    capturesOver: worst?.over ?? null,
    each: each.map(({name, bytes, suppressed, pools}) => ({name, bytes, suppressed, pools})),
  };
}
