// Compares one capture.
import {isDeepStrictEqual} from 'node:util';
import {Explainer} from './explain.mjs';
import {load, toTable} from './ours.mjs';
import {listRanges, writeEnd, writeRange} from './ranges.mjs';
import {chooseHighest, findDifference, namePlace, tableOfGrown, tableOfPeak} from './tables.mjs';

/** So many problems of a capture are printed. */
const MOST_PROBLEMS = 10;

/** @param ask asks memray: with --records for its records */
export async function compareCapture(bytes, ask, seed) {
  const counts = {memoryRecords: 0, ranges: 0, comparisons: 0, equal: 0, explained: []};
  const outcome = {reason: null, ...counts};
  const theirs = ask();
  if (theirs.memoryRecords === undefined) return {...outcome, problems: [], reason: theirs.reason};
  const comparison = new Comparison(bytes, theirs, ask, outcome);
  const whole = await load(bytes, 'peak', {history: true}).catch(error => ({reason: error.message}));
  const reason = whole.reason ?? explainUnlike(whole.capture, theirs);
  if (reason !== null) return {...outcome, problems: [], reason};
  comparison.compareTimeline(whole);
  if (theirs.reason === undefined) await comparison.compareMoments(seed);
  return {...outcome, problems: comparison.problems, reason: theirs.reason ?? null};
}

/** Where a capture is damaged, the two may read more or less of it. */
function explainUnlike({damage, allocationRecords}, theirs) {
  if (damage === null || allocationRecords === theirs.allocationRecords) return null;
  return `${damage.message}; ${allocationRecords} allocation records here, ${theirs.allocationRecords} in memray`;
}

function describe(ours, theirs) {
  return `${ours.join(' · ')} instead of ${theirs.join(' · ')}`;
}

class Comparison {
  problems = [];
  #bytes;
  #theirs;
  #ask;
  #outcome;
  #places;
  #explainer = null;

  constructor(bytes, theirs, ask, outcome) {
    this.#bytes = bytes;
    this.#theirs = theirs;
    this.#ask = ask;
    this.#outcome = outcome;
    this.#places = theirs.places?.map(namePlace);
    outcome.memoryRecords = theirs.memoryRecords.length;
  }

  #count(what, differs) {
    this.#outcome.comparisons++;
    if (differs === null) this.#outcome.equal++;
    else if (this.problems.push(`${what}: ${differs}`) > MOST_PROBLEMS) this.problems.pop();
  }

  /** A point is a memory record, or several of them: as of the last one, with their highest sizes. */
  compareTimeline({timeline}) {
    const {memoryRecords, marks = []} = this.#theirs;
    const points = timeline?.points;
    if (points === undefined) {
      this.#count('timeline', 'there is none');
      return;
    }
    for (let point = 0, from = 0; point < points.length; point++) {
      const record = points.record[point];
      const [time, , heap] = memoryRecords[record] ?? [];
      const rss = Math.max(...memoryRecords.slice(from, record + 1).map(each => each[1]));
      const ours = [points.timeMs[point], points.rss[point], points.heap[point]];
      const expected = [time, rss, heap];
      // There is no mark after the last allocation, and none of an aggregated capture.
      if (record < marks.length - 1) {
        ours.push(points.highestHeap[point]);
        expected.push(Math.max(...marks.slice(from, record + 1)));
      }
      const isSame = isDeepStrictEqual(ours, expected);
      this.#count(`timeline, point ${point}`, isSame ? null : describe(ours, expected));
      from = record + 1;
    }
    const last = points.length > 0 ? points.record[points.length - 1] + 1 : 0;
    const isWhole = last === memoryRecords.length;
    this.#count('timeline', isWhole ? null : `${last} memory records instead of ${memoryRecords.length}`);
  }

  async compareMoments(seed) {
    const last = this.#theirs.memoryRecords.length;
    const ranges = listRanges(last, seed);
    this.#outcome.ranges = ranges.length;
    for (let index = 0; index <= last; index++) await this.#compareMoment(index, last);
    for (const range of ranges) {
      const written = writeRange(range, last);
      for (const kind of ['peak', 'grown']) {
        const view = `${kind}:${written}`;
        this.#compareTable(kind, range, view, toTable(await load(this.#bytes, view)));
      }
    }
  }

  #getTheirs(kind, range) {
    const {marks, peak, grown} = this.#theirs;
    if (kind === 'grown') return tableOfGrown(grown, this.#places, range);
    return tableOfPeak(peak, this.#places, chooseHighest(marks, ...range));
  }

  /** What is alive has all grown since the start. */
  async #compareMoment(index, last) {
    const view = `at:${writeEnd(index, last)}`;
    const snapshot = await load(this.#bytes, view);
    this.#compareTable('grown', [0, index], view, toTable(snapshot));
    const [, , heap] = this.#theirs.memoryRecords[index] ?? [];
    if (heap === undefined) return;
    const ours = snapshot.moments?.[0]?.heap;
    this.#count(`${view}, heap`, ours === heap ? null : `${ours} instead of ${heap}`);
  }

  #compareTable(kind, range, view, ours) {
    const theirs = this.#getTheirs(kind, range);
    if (findDifference(ours, theirs) === null) {
      this.#count(view, null);
      return;
    }
    const {kind: found, problem} = this.#getExplainer().explain(kind, range, ours, theirs);
    if (problem !== undefined) {
      this.#count(view, problem);
      return;
    }
    this.#outcome.comparisons++;
    this.#outcome.explained.push({view, kind: found, difference: findDifference(ours, theirs)});
  }

  #getExplainer() {
    this.#explainer ??= new Explainer(this.#ask('--records'), this.#theirs.marks);
    return this.#explainer;
  }
}
