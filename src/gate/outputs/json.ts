import {sortVerdicts, type Verdict} from '../budget.js';
import {formatLimit} from '../limit.js';

/** One line of JSON with a line feed at its end. Sizes are bytes. */
export function formatVerdictsJson(verdicts: readonly Verdict[], captures: readonly string[]): string {
  const gates = sortVerdicts(verdicts).map(
    ({budget, bytes, base, suppressed, measured, limit, over, isPassed}) => ({
      name: budget.name,
      view: budget.view,
      max: `${budget.isGrowth ? '+' : ''}${formatLimit(budget.max)}`,
      why: budget.why,
      bytes,
      base,
      suppressed,
      measured,
      limit,
      over,
      passed: isPassed,
    }),
  );
  const passed = verdicts.every(({isPassed}) => isPassed);
  return `${JSON.stringify({format: 'memray-tree-ink/gates', formatVersion: 1, captures, passed, gates})}\n`;
}
