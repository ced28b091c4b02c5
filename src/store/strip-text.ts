import {formatBytes} from '../format/numbers.js';
import type {Timeline} from '../heap/timeline.js';
import {formatCount} from '../timeline/axis.js';
import {getMomentSizes} from '../timeline/locate.js';
import {getExpectedView} from './expected-view.js';
import type {TreeState} from './state.js';
import {type ChosenPart, getChosenPart} from './strip-selection.js';

/**
 * What is chosen of the run, in a few words: `heap 20.000MB at 0.25s (@500), resident memory 28.000MB`; of a range what it
 * shows, and from where to where.
 */
export function describeChosen(state: TreeState): string {
  const {timeline} = state;
  const part = getChosenPart(state);
  if (timeline === null) return '';
  if (timeline.hasRecords === false) return 'heap and resident memory as they were recorded';
  if (part === null) return 'the whole run';
  if (part.from !== part.to) return describeRange(state, timeline, part);
  const {heap, rss} = getMomentSizes(timeline, part.to);
  const resident = rss === null ? '' : `, resident memory ${formatBytes(rss)}`;
  return `heap ${formatBytes(heap)} ${describeTime(timeline, part.to)}${resident}`;
}

function describeRange(state: TreeState, timeline: Timeline, {from, to}: ChosenPart): string {
  const select = getExpectedView(state);
  const what = select.kind === 'range' && select.of === 'grown' ? 'grown' : 'highest state';
  const heaps = [from, to].map(records => formatBytes(getMomentSizes(timeline, records).heap));
  const ends = [from, to].map(records => describeTime(timeline, records).replace(/^at /, ''));
  return `${what} from ${ends.join(' to ')}, heap ${heaps.join(' to ')}`;
}

/** `at 0.25s (@500)`; before the first memory record only after how many allocation records. */
function describeTime(timeline: Timeline, records: number): string {
  const {ms} = getMomentSizes(timeline, records);
  const count = `@${formatCount(records)}`;
  return ms === null ? `at ${count}` : `at ${Number((ms / 1000).toFixed(3))}s (${count})`;
}
