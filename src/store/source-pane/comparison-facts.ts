import {type Safe, sanitize, trusted} from '../../format/sanitize.js';
import type {CallTree} from '../../tree/call-tree.js';
import {areGenerations, type ComparedNodes} from '../../tree/compared-nodes.js';
import type {SafeFormat} from '../../tree/node-format.js';
import {computeSpread} from '../../tree/spread.js';

type Write = (value: number) => string;

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
    ...(areGenerations(runs)
      ? describeGenerations(tree, node, icon, format, nameRun)
      : hasValues
        ? describeValues(tree, node, icon, format, nameRun)
        : []),
  ];
}

/** Nothing is certain about it. */
function describeMoved(tree: CallTree, node: number, icon: string): readonly Safe[] {
  const other = tree.compared!.moved?.[node] ?? -1;
  if (other < 0) return [];
  const {function: name, file} = tree.getNode(other);
  return [sanitize(`${icon}Moved? ${name} ${file} has about the same size, and the same functions below it`)];
}

/** One line for each: what was allocated then and is alive at the end. */
function describeGenerations(
  tree: CallTree,
  node: number,
  icon: string,
  format: SafeFormat,
  nameRun: (run: number) => string,
): readonly Safe[] {
  return Array.from(tree.compared!.getValues(node), (value, run) =>
    sanitize(`${icon}${format.formatValue(value)} of ${nameRun(run)}`),
  );
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
  const {outliers} = computeSpread(values);
  const write = (value: number): string => format.formatValue(value);
  const range = base === null ? describeSpread(values, write) : describeRanges(values, runs, write);
  // Those that stand out first, then in the order in which they were given.
  const order = [...outliers, ...values.keys()].filter((run, at, all) => all.indexOf(run) === at);
  const lines = order.slice(0, MAX_LISTED).map(run => {
    const mark = base === null && outliers.includes(run) ? ', stands out' : runs[run]!.isBase ? ', base' : '';
    return sanitize(`${icon}${write(values[run]!)} in ${nameRun(run)}${mark}`);
  });
  const rest = order.length - lines.length;
  return [
    trusted(`${icon}${range}`),
    ...lines,
    ...(rest > 0 ? [trusted(`${icon}and ${rest} more captures`)] : []),
  ];
}

/** `In 6 captures: 0.000B to 9.000MB, deviation 0.100MB` */
function describeSpread(values: Float64Array, write: Write): string {
  const {deviation, least, most} = computeSpread(values);
  return `In ${values.length} captures: ${write(least)} to ${write(most)}, deviation ${write(deviation)}`;
}

/** `In 5 captures: 3.000MB to 4.000MB; in 5 of the base: 1.000MB to 2.000MB`: whether both sides overlap. */
function describeRanges(values: Float64Array, runs: ComparedNodes['runs'], write: Write): string {
  const describe = (isBase: boolean): string => {
    const side = values.filter((_, run) => runs[run]!.isBase === isBase);
    const {least, most} = computeSpread(side);
    const range = least === most ? write(least) : `${write(least)} to ${write(most)}`;
    return isBase ? `in ${side.length} of the base: ${range}` : `In ${side.length} captures: ${range}`;
  };
  return `${describe(false)}; ${describe(true)}`;
}
