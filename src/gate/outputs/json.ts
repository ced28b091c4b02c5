import {sortVerdicts, type Verdict} from '../budget.js';

/** One line of JSON with a line feed at its end. Sizes are bytes. */
export function formatVerdictsJson(verdicts: readonly Verdict[], captures: readonly string[]): string {
  const gates = sortVerdicts(verdicts).map(
    ({budget, bytes, base, suppressed, measured, limit, over, outcome}) => ({
      name: budget.name,
      view: budget.view,
      max: `${budget.isGrowth ? '+' : ''}${budget.max.written}`,
      why: budget.why,
      bytes,
      base,
      suppressed,
      measured,
      limit,
      over,
      passed: outcome === 'passed',
    }),
  );
  const passed = verdicts.every(({outcome}) => outcome === 'passed');
  const incomplete = verdicts.find(({missing}) => missing !== null)?.missing ?? null;
  const file = {format: 'memray-tree-ink/gates', formatVersion: 1, captures, passed, incomplete, gates};
  return `${JSON.stringify(file)}\n`;
}
