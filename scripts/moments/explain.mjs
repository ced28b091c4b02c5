// Why a range differs from memray's: a plain replay of memray's own records decides who is right, and a model
// of memray's ways has to give exactly what it has.
import {listChoices, modelIntervals} from './memray-model.mjs';
import {Replay} from './replay.mjs';
import {chooseHighest, findDifference, isEqual, namePlace, tableOfGrown, tableOfPeak} from './tables.mjs';

/** The peak still rises when the recording ends: memray has no mark of it. */
const RISING = 'rising end';
/** Several snapshots are equally high: memray shows the first one, we the last one. */
const TIE = 'tie';

export class Explainer {
  #source;
  #replay;
  #marks;
  #models = new Map();

  /** @param source records as memray gives them */
  constructor(source, marks) {
    this.#source = {...source, places: source.places.map(namePlace)};
    this.#replay = new Replay(this.#source);
    this.#marks = marks;
  }

  /** {kind} of a difference in which memray is wrong or chooses otherwise, or {problem}. */
  explain(kind, range, ours, theirs) {
    const right = kind === 'peak' ? this.#replay.findHighest(range).table : this.#replay.listGrown(range);
    const wrong = findDifference(ours, right);
    if (wrong !== null) return {problem: `WRONG HERE, by a plain replay: ${wrong}`};
    const found = kind === 'peak' ? this.#explainPeak(range, theirs) : this.#explainGrown(range, theirs);
    return found === null ? {problem: `not explained: ${findDifference(ours, theirs)}`} : {kind: found};
  }

  #explainPeak(range, theirs) {
    const top = chooseHighest(this.#marks, ...range);
    const choice = this.#explainChoice(range, top);
    const ways = listChoices('peak').find(each => isEqual(this.#modelPeak(each, top), theirs));
    const isSound = isEqual(this.#modelPeak([], top), this.#replay.findHighest([top, top]).table);
    const kinds = [...(ways ?? []), ...(choice === null ? [] : [choice])];
    return ways === undefined || !isSound || kinds.length === 0 ? null : kinds.join(' + ');
  }

  /** Why memray takes another snapshot; null where it is the highest one. */
  #explainChoice([from, to], top) {
    const highest = this.#replay.findHighest([from, to]);
    const chosen = this.#replay.findHighest([top, top]);
    if (isEqual(highest.table, chosen.table)) return null;
    if (highest.bytes === chosen.bytes) return TIE;
    const last = this.#marks.length - 1;
    const isInLast = to >= last && this.#replay.findHighest([last, last]).bytes === highest.bytes;
    return isInLast && this.#marks[last] < highest.bytes ? RISING : null;
  }

  #modelPeak(ways, top) {
    return tableOfPeak(this.#getIntervals('peak', ways), this.#source.places, top);
  }

  #explainGrown(range, theirs) {
    const {places} = this.#source;
    const model = each => tableOfGrown(this.#getIntervals('grown', each), places, range);
    const ways = listChoices('grown').find(each => isEqual(model(each), theirs));
    const isSound = isEqual(model([]), this.#replay.listGrown(range));
    return ways === undefined || !isSound ? null : ways.join(' + ');
  }

  #getIntervals(kind, ways) {
    const key = [kind, ...ways].join();
    if (!this.#models.has(key)) this.#models.set(key, modelIntervals(kind, this.#source, ways));
    return this.#models.get(key);
  }
}
