import {formatBytes} from '../format/numbers.js';
import {listMoments} from '../heap/snapshot.js';
import {formatCount} from '../timeline/axis.js';
import {getExpectedView} from './expected-view.js';
import type {TreeState} from './state.js';
import {type ChosenEnd, getChosenEnds, isMissing} from './strip-selection.js';

/**
 * What is chosen of the run, in a few words: `heap 20.000MB at 0.25s (@500), resident memory 28.000MB`; of a range what it
 * shows, and from where to where. The heap is left out where it is not known before all is read.
 */
export function describeChosen(state: TreeState): string {
  const {timeline} = state;
  const ends = getChosenEnds(state);
  if (timeline === null) return '';
  if (timeline.hasRecords === false) return 'heap and resident memory as they were recorded';
  if (isMissing(state)) return 'what is selected is not in the recording';
  if (ends === null) return 'the whole run';
  const {from, to} = ends;
  if (from.records !== to.records) return describeRange(state, from, to);
  const parts = [
    to.heap === null ? describeTime(to) : `heap ${formatBytes(to.heap)} ${describeTime(to)}`,
    ...(to.rss === null ? [] : [`resident memory ${formatBytes(to.rss)}`]),
  ];
  return parts.join(', ');
}

/** When what is shown was held, where its name does not say it: `3.231s`, `3.231s to 4.1s`; empty where that is not known. */
export function describeShownTime(state: TreeState): string {
  const ends = listMoments(state.view).some(({kind}) => kind !== 'time')
    ? getChosenEnds({...state, askedView: null})
    : null;
  if (ends === null || ends.from.ms === null || ends.to.ms === null) return '';
  const times = [ends.from.ms, ends.to.ms].map(formatSeconds);
  return [...new Set(times)].join(' to ');
}

function describeRange(state: TreeState, from: ChosenEnd, to: ChosenEnd): string {
  const select = getExpectedView(state);
  const what = select.kind === 'range' && select.of === 'grown' ? 'grown' : 'highest state';
  const times = [from, to].map(end => describeTime(end).replace(/^at /, ''));
  const heaps = [from.heap, to.heap].flatMap(heap => (heap === null ? [] : [formatBytes(heap)]));
  const sizes = heaps.length < 2 ? '' : `, heap ${heaps.join(' to ')}`;
  return `${what} from ${times.join(' to ')}${sizes}`;
}

/** `at 0.25s (@500)`, `at the start`; before the first memory record only after how many allocation records. */
function describeTime({ms, records, point}: ChosenEnd): string {
  if (records === 0 && point === null) return 'at the start';
  const count = `@${formatCount(records)}`;
  return ms === null ? `at ${count}` : `at ${formatSeconds(ms)} (${count})`;
}

function formatSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(3))}s`;
}
