import {formatBytes, formatCount, formatSignedBytes} from '../format/numbers.js';
import {listSide, nameCaptures} from '../heap/compared-sides.js';
import type {Snapshot} from '../heap/snapshot.js';
import {formatKept} from '../query/crumbs.js';
import type {CallTree} from '../tree/call-tree.js';
import {areGenerations} from '../tree/compared-nodes.js';
import {describeUndecided} from '../tree/undecided-text.js';
import {describeChange} from './change-text.js';
import type {ExportedAmounts, ExportedView} from './exported-view.js';
import {isOneASide} from './sample-sums.js';

/** What a page says of the captures that it shows. */
export interface PageSides {
  readonly name: string;
  readonly size: string;
  /** A line each. */
  readonly facts: readonly string[];
  /** How the flame graph of a comparison is read; null where there is no base. */
  readonly legend: string | null;
  /** Of the numbers before the rows of a comparison; empty of a capture by itself. */
  readonly headings: readonly string[];
}

export function describeSides({name, snapshot, query, getAmounts}: ExportedView, tree: CallTree): PageSides {
  const {capture} = snapshot;
  const amounts = getAmounts();
  const change = describeChange(tree, 0);
  const {base} = amounts;
  if (change === null || base == null) {
    const runs = tree.compared?.runs ?? [];
    const isMedian = runs.length > 1 && !areGenerations(runs);
    return {
      name,
      size: `${isMedian ? 'median ' : ''}${formatBytes(tree.bytes[0]!)}`,
      facts: [joinFacts([...listKept(amounts), capture.commandLine])],
      legend: null,
      headings: runs.length === 0 || areGenerations(runs) ? [] : ['median', 'share', 'least', 'greatest'],
    };
  }
  return {
    name: `${name} compared with ${nameCaptures(listSide(capture.parts ?? [], true).map(part => part.name))}`,
    size: `${change.difference} (${change.percent})`,
    facts: [
      joinFacts([`new: ${joinFacts(listKept(amounts))}`, capture.commandLine]),
      `base: ${joinFacts([...listKept(base), query.isNormalized ? `scaled to ${change.base}` : ''])}`,
      ...listLeftOut(tree),
    ],
    legend: LEGEND,
    headings: ['difference', 'of the base', 'new', 'base'],
  };
}

const LEGEND =
  'Red has grown, blue has shrunk; the stronger the color, the greater the difference. Widths are what the new side holds, so what is gone has none. ' +
  'Gaps are own bytes, and what is left out.';

function joinFacts(facts: readonly string[]): string {
  return facts.filter(text => text !== '').join(' · ');
}

function listKept(amounts: Pick<ExportedAmounts, 'kept' | 'of'>): readonly string[] {
  return [formatKept(amounts), `${formatCount(amounts.kept.locations)} locations`];
}

function listLeftOut({compared}: CallTree): readonly string[] {
  const {reason, nodes, bytes, difference} = compared!.unchanged;
  if (nodes === 0) return [];
  const undecided = [describeUndecided(compared!)].filter(text => text !== '');
  const count = `left out: ${nodes} node${nodes === 1 ? '' : 's'}`;
  switch (reason) {
    case 'unchanged':
      return [`${count}, the same on both sides (${formatBytes(bytes)})`];
    case 'noise':
      return [`${count}, within noise (${formatSignedBytes(difference)})`, ...undecided];
    case 'not grown':
      return [`${count}, not grown`, ...undecided];
  }
}

/** Numbers that no capture has should surprise nobody; null where all are those of one. */
export function describeMedians({runs = []}: Snapshot): string | null {
  if (isOneASide(runs) || areGenerations(runs)) return null;
  const bases = listSide(runs, true).length;
  const base = bases === 0 ? '' : `, those of the base of ${countCaptures(bases)}`;
  return `the numbers are medians of ${countCaptures(runs.length - bases)}${base}`;
}

function countCaptures(count: number): string {
  return `${count} capture${count === 1 ? '' : 's'}`;
}
