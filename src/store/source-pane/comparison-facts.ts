import {type Safe, sanitize, trusted} from '../../format/sanitize.js';
import type {CallTree} from '../../tree/call-tree.js';
import type {SafeFormat} from '../../tree/node-format.js';
import {computeSpread} from '../../tree/spread.js';

/** So many captures are listed by themselves. */
const MAX_LISTED = 12;

/**
 * What is to be said of a node of captures that are compared, besides what both sides hold: where it may be on the other
 * side, and of several captures the values in each.
 * @param nameRun what the user calls one of the captures
 */
export function formatComparison(
  tree: CallTree,
  node: number,
  {
    icon,
    format,
    nameRun,
  }: {readonly icon: string; readonly format: SafeFormat; readonly nameRun: (run: number) => string},
): readonly Safe[] {
  const {compared} = tree;
  if (compared === undefined) return [];
  const {base, runs} = compared;
  const hasValues = runs.length > 2 || base === null;
  return [
    ...describeMoved(tree, node, icon),
    ...(hasValues ? describeValues(tree, node, icon, format, nameRun) : []),
  ];
}

/** Nothing is certain about it. */
function describeMoved(tree: CallTree, node: number, icon: string): readonly Safe[] {
  const other = tree.compared!.moved?.[node] ?? -1;
  if (other < 0) return [];
  const {function: name, file} = tree.getNode(other);
  return [sanitize(`${icon}Moved? ${name} ${file} has about the same size, and the same functions below it`)];
}

function describeValues(
  tree: CallTree,
  node: number,
  icon: string,
  format: SafeFormat,
  nameRun: (run: number) => string,
): readonly Safe[] {
  const {runs, getValues, base} = tree.compared!;
  const values = getValues(node);
  const {deviation, least, most, outliers} = computeSpread(values);
  const write = (value: number): string => format.formatValue(value);
  const range =
    base === null
      ? [
          trusted(
            `${icon}In ${runs.length} captures: ${write(least)} to ${write(most)}, deviation ${write(deviation)}`,
          ),
        ]
      : [];
  // Those that stand out first, then in the order in which they were given.
  const order = [...outliers, ...values.keys()].filter((run, at, all) => all.indexOf(run) === at);
  const lines = order.slice(0, MAX_LISTED).map(run => {
    const mark = base === null && outliers.includes(run) ? ', stands out' : runs[run]!.isBase ? ', base' : '';
    return sanitize(`${icon}${write(values[run]!)} in ${nameRun(run)}${mark}`);
  });
  const rest = order.length - lines.length;
  return [...range, ...lines, ...(rest > 0 ? [trusted(`${icon}and ${rest} more captures`)] : [])];
}
