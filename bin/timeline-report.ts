import {gather} from '../src/base/gather.js';
import {isAggregated} from '../src/heap/check-aggregated.js';
import type {Snapshot} from '../src/heap/snapshot.js';
import type {Timeline} from '../src/heap/timeline.js';
import {getPlatform} from '../src/platform/platform.js';
import {plotTimeline} from '../src/timeline/plot.js';
import type {CliOptions} from './cli-values.js';

/** Rows of the drawing, and cells of a line where that is not a terminal's. */
const HEIGHT = 12;
const WIDTH = 80;

/** Why there is no course of the run to print, as the end of a sentence that begins with the name of what was read. */
export function explainNoTimeline({capture, timeline}: Snapshot): string | null {
  if (timeline !== undefined) return null;
  return isAggregated(capture)
    ? 'was recorded with --aggregate, and holds no memory sizes over time'
    : 'the course of the run is not known';
}

/** The course of the run as text, JSON or comma-separated values, as the options say. */
export async function formatTimelineReport(
  options: CliOptions,
  timeline: Timeline,
): Promise<Iterable<string>> {
  const {json, csv, output} = options;
  if (json) return (await import('../src/report/timeline-json.js')).formatTimelineJson(timeline);
  if (csv) return gather((await import('../src/report/timeline-csv.js')).formatTimelineCsv(timeline));
  const isOnTerminal = output === null && process.stdout.isTTY;
  const ascii = options.ascii || (isOnTerminal && !getPlatform().hasSymbols(process.env));
  const width = (isOnTerminal && process.stdout.columns) || WIDTH;
  return plotTimeline(timeline, {width, height: HEIGHT}, ascii).map(line => `${line}\n`);
}
