import {formatCount} from '../format/numbers.js';
import type {ComparedNodes} from './compared-nodes.js';

/**
 * That rows are left out only since there are too few runs: `7 rows differ in all runs, but 4 runs a side cannot tell that
 * from chance among 109 rows that were tested; record more, or narrow the view with through:TERM`. Empty where none are.
 */
export function describeUndecided({runs, unchanged}: Pick<ComparedNodes, 'runs' | 'unchanged'>): string {
  const {undecided, tested} = unchanged;
  if (undecided === 0) return '';
  const rows = undecided === 1 ? '1 row differs' : `${formatCount(undecided)} rows differ`;
  const among = `among ${formatCount(tested)} rows that were tested`;
  return `${rows} in all runs, but ${countRuns(runs)} cannot tell that from chance ${among}; record more, or narrow the view with through:TERM`;
}

/** `4 runs a side`, `4 against 5 runs` */
function countRuns(runs: ComparedNodes['runs']): string {
  const bases = runs.filter(({isBase}) => isBase).length;
  const others = runs.length - bases;
  return bases === others ? `${bases} runs a side` : `${others} against ${bases} runs`;
}
