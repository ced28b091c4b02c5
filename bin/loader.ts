import type {HistoryReader, KeptHistory} from '../src/heap/history.js';
import type {Moment} from '../src/heap/moment.js';
import {isHeap, type Snapshot, type View} from '../src/heap/snapshot.js';
import type {Timeline} from '../src/heap/timeline.js';
import {needsBlocks} from '../src/query/needs.js';
import type {TreeQuery} from '../src/query/tree-query.js';
import type {CaptureSession, Question, WholeAnswer} from '../src/reader/capture-session.js';
import {openHistory} from '../src/reader/held-history.js';
import type {LoadDone, LoadMessage} from '../src/reader/load-messages.js';
import {createPartialThrottle} from '../src/reader/partial-throttle.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import {countBefore, countExactly} from '../src/timeline/locate.js';
import type {BeginReading, BegunReading} from './early-session.js';
import {RecentAnswers} from './recent-answers.js';
import {toQuestion} from './to-question.js';

export interface LoaderOptions {
  readonly store: TreeStore;
  readonly begin: BeginReading;
  readonly name: string;
  /** Why what was read cannot be read again, as one line; null where it can. */
  readonly readOnce: string | null;
}

export interface Loader {
  /** Reads the capture (again). */
  read(query: TreeQuery): void;
  /** Shows what a query needs: of what was read, where that holds it, else by another reading. */
  show(query: TreeQuery, wantsBlocks?: boolean): void;
  /** Ends another reading of what is shown: the tree before it comes back. */
  cancel(): void;
  stop(): void;
}

interface FormerReading {
  readonly reading: BegunReading;
  readonly message: LoadMessage;
  readonly history: KeptHistory | null;
}

/** Keeps a store supplied with what sessions answer. One reading goes on at a time. */
export function createLoader({store, begin, name, readOnce}: LoaderOptions): Loader {
  let current: BegunReading | null = null;
  /** What was read before: it is needed until the present reading is over. */
  let former: FormerReading | null = null;
  let shown: LoadMessage | null = null;
  /** What the present reading is of, as long as it has not ended. */
  let readingOf: View | null = null;
  /** Settled once the history of the present reading is there, if it has one. */
  let historyTaken = Promise.resolve();
  /** How often the capture was read anew: it may be another run each time. */
  let runs = 0;
  let stopListening = (): void => {};
  /** Also of readings that are over: what was read once is not read again. */
  const answers = new RecentAnswers();

  /** Takes the answers to the newest question; those to earlier ones do not count any more. */
  const follow = (reading: BegunReading, query: TreeQuery, wantsBlocks: boolean): void => {
    stopListening();
    let isNewest = true;
    const {session} = reading;
    const takePartial = (partial: BegunReading['partial']): void => {
      void partial.then(answer => {
        if (!isNewest || answer === null) return;
        throttle.noteShown();
        store.actions.receive(answer);
      });
    };
    const throttle = createPartialThrottle(() => takePartial(session.getPartial(query.select)));
    const stopProgress = session.subscribe(progress =>
      store.actions.receive({type: 'progress', progress, partial: null}),
    );
    stopListening = () => {
      isNewest = false;
      throttle.stop();
      stopProgress();
    };
    // Partial results have no blocks.
    if (!wantsBlocks) takePartial(reading.partial);
    void reading.whole.then(answer => {
      if (!isNewest) return;
      throttle.stop();
      if (answer === null) readAgain(query, wantsBlocks);
      else take(answer);
    });
  };
  /** What the history has of a moment; null where there is none of it. */
  const readHistory = (
    select: View,
    read: (reader: HistoryReader, timeline: Timeline, at: Moment) => Snapshot | null,
  ): LoadDone | null => {
    const {history} = store.getState();
    if (history === null || shown?.type !== 'done' || select.kind !== 'moment') return null;
    const reader = history.open();
    const {timeline} = reader.base;
    const snapshot = timeline === undefined ? null : read(reader, timeline, select.at);
    return snapshot && {type: 'done', progress: shown.progress, snapshot};
  };
  /** A moment that is kept of what was read takes no reading. */
  const findKept = ({select, blocks}: Question): LoadDone | null =>
    blocks
      ? null
      : readHistory(select, (reader, timeline, at) => {
          const count = countExactly(timeline, at);
          return count === null ? null : reader.read(count, select);
        });
  /** What stands for a moment that is not kept until it is read, and instead of it where nothing can be read again. */
  const findNearest = (select: View): LoadDone | null =>
    readHistory(select, (reader, timeline, at) =>
      reader.readNearest(countBefore(timeline, at, reader.base.capture.endTimeMs)),
    );
  /**
   * While a capture is read, its reader knows a moment; when it has ended, the history does, which comes last.
   * @param ofReading what the capture is read for
   */
  const findAtEnd = async (
    session: CaptureSession,
    ofReading: View,
    question: Question,
  ): Promise<WholeAnswer | null> => {
    const whole = await session.getWhole({...question, select: ofReading});
    if (whole?.type !== 'done') return whole;
    readingOf = null;
    shown = whole;
    answers.add(whole);
    dropFormer();
    await historyTaken;
    return findKept(question);
  };
  const take = (answer: LoadMessage): void => {
    readingOf = null;
    store.actions.receive(answer);
    if (answer.type === 'done') {
      shown = answer;
      answers.add(answer);
      dropFormer();
    } else {
      returnToFormer();
    }
  };
  /** What was read before can be asked again; the reading after it is over. */
  const returnToFormer = (): void => {
    if (former === null) return;
    current?.session.close();
    current = former.reading;
    store.actions.receiveHistory(former.history);
    former = null;
  };
  const dropFormer = (): void => {
    former?.reading.session.close();
    former = null;
  };
  /** That of an earlier reading of the same run stays where this one keeps none. */
  const takeHistory = async ({history}: CaptureSession): Promise<void> => {
    const run = runs;
    const held = await history;
    if (held !== null && run === runs) store.actions.receiveHistory(openHistory(held));
  };
  const start = (query: TreeQuery, wantsBlocks = needsBlocks(query), isAnew = false): void => {
    stopListening();
    if (former === null && current !== null && shown !== null) {
      former = {reading: current, message: shown, history: store.getState().history};
    } else {
      current?.session.close();
    }
    store.actions.startLoad(name);
    current = begin(query, wantsBlocks, isAnew);
    readingOf = wantsBlocks ? null : query.select;
    historyTaken = takeHistory(current.session);
    follow(current, query, wantsBlocks);
  };
  const readAgain = (query: TreeQuery, wantsBlocks: boolean): void => {
    const nearest = readOnce === null || wantsBlocks ? null : findNearest(query.select);
    if (readOnce === null) start(query, wantsBlocks);
    else if (nearest !== null) take(nearest);
    else store.actions.receive({type: 'failed', code: 'cannot-open', message: readOnce});
  };
  return {
    read(query) {
      answers.clear();
      runs++;
      start(query, needsBlocks(query), true);
      store.actions.receiveHistory(null);
    },
    show(query, wantsBlocks = needsBlocks(query)) {
      if (current === null) return;
      const question = toQuestion(query, store.getState().wholePeak, wantsBlocks);
      const known = answers.find(question) ?? findKept(question);
      if (known !== null) {
        stopListening();
        returnToFormer();
        take(known);
        return;
      }
      const nearest = wantsBlocks ? null : findNearest(query.select);
      if (nearest !== null)
        store.actions.receive({type: 'progress', progress: nearest.progress, partial: nearest.snapshot});
      const {session} = current;
      const partial = session.getPartial(query.select);
      const ofReading = wantsBlocks || query.select.kind !== 'moment' ? null : readingOf;
      const isAtEnd = ofReading !== null && isHeap(ofReading);
      const whole = isAtEnd ? findAtEnd(session, ofReading, question) : session.getWhole(question);
      follow({session, partial, whole}, query, wantsBlocks);
    },
    cancel() {
      // Naming goes on where it can be asked for again; what was there before is shown.
      const before = former?.message ?? shown;
      if (before === null || store.getState().status !== 'reading') return;
      stopListening();
      returnToFormer();
      readingOf = null;
      store.actions.receive(before);
    },
    stop() {
      stopListening();
      current?.session.close();
      former?.reading.session.close();
    },
  };
}
