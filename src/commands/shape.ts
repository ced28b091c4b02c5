import {DIFF_MODES, LEVELS, SORT_KEYS} from '../query/tree-query.js';
import {
  explainNoBase,
  hasBaseCapture,
  isComparing,
  selectCutSides,
  showsDifferences,
} from '../store/comparison.js';
import {isOnlyInTables} from '../store/cursor-term.js';
import {explainNoHalf, showHalf} from '../store/half.js';
import {explainNoLines, switchLives} from '../store/lives.js';
import {switchPercent} from '../store/percent-base.js';
import {getNext, scaleBiggest, setShape, showAround, showLines, showQuery} from '../store/query-actions.js';
import type {TreeState} from '../store/state.js';
import {defineCommands, idleStep, onTree, show} from './define.js';
import {explainNoFile, explainNoFunction, ONLY_IN_TABLES} from './query.js';

export const SHAPE_COMMANDS = defineCommands('Shape and order', {
  showTree: {
    keys: ['1'],
    help: 'tree of calls',
    run: show(state => setShape(state, {kind: 'tree'})),
    idle: idleStep(),
  },
  showInverted: {
    keys: ['2'],
    help: 'inverted: what allocates, callers below',
    run: show(state => setShape(state, {kind: 'inverted'})),
    idle: idleStep(),
  },
  showFlat: {
    keys: ['3'],
    help: 'table of all frames',
    run: show(state => setShape(state, {kind: 'flat'})),
    idle: idleStep(),
  },
  showCallers: {
    keys: ['4'],
    help: 'what calls this function',
    run: show(state => showAround(state, 'callers')),
    idle: idleStep(explainNothingAround),
  },
  showCallees: {
    keys: ['5'],
    help: 'what this function calls',
    run: show(state => showAround(state, 'callees')),
    idle: idleStep(explainNothingAround),
  },
  showPlaces: {
    keys: ['6'],
    help: 'table of places, by allocator',
    run: show(state => setShape(state, {kind: 'places'})),
    idle: idleStep(),
  },
  showStats: {
    keys: ['7'],
    help: 'the whole run in figures',
    run: show(state => (isComparing(state) ? state : setShape(state, {kind: 'stats'}))),
    idle: idleStep(state => (isComparing(state) ? 'The figures of a run are those of one capture' : null)),
  },
  showImports: {
    keys: ['8'],
    help: 'table of imported modules',
    run: show(state => setShape(state, {kind: 'imports'})),
    idle: idleStep(),
  },
  showLines: {
    keys: ['9'],
    help: 'table of the lines of this file',
    run: show(showLines),
    idle: idleStep(explainNoFile),
  },
  switchLevel: {
    keys: ['L'],
    help: 'by line, function, file, module, package',
    run: show(state => showQuery(state, {...state.query, by: getNext(LEVELS, state.query.by)})),
    idle: idleStep(),
  },
  switchSort: {
    keys: ['s'],
    help: 'sort by total, own, count, mean or name',
    run: show(state => showQuery(state, {...state.query, sort: getNext(SORT_KEYS, state.query.sort)})),
    idle: idleStep(),
  },
  reverseOrder: {
    keys: ['S'],
    help: 'reverse the order',
    run: show(state => showQuery(state, {...state.query, isReversed: !state.query.isReversed})),
    idle: idleStep(),
  },
  switchDiff: {
    keys: ['d'],
    help: 'differences, all sizes, or what has grown',
    hint: {
      texts: ['All sizes', 'Grown', 'Differences'],
      rank: onTree(5, hasBaseCapture),
      variant: ({query}) => DIFF_MODES.indexOf(query.diff),
    },
    run: show(state =>
      hasBaseCapture(state)
        ? showQuery(state, {...state.query, diff: getNext(DIFF_MODES, state.query.diff)})
        : state,
    ),
    idle: idleStep(explainNoBase),
  },
  switchPercent: {
    keys: ['%'],
    help: 'percent of view, peak or parent',
    run: show(state => (showsDifferences(state) ? state : switchPercent(state))),
    staysOnCrumbs: true,
    idle: state => (showsDifferences(state) ? 'Differences are percent of the base' : null),
  },
  switchLives: {
    keys: ['O'],
    help: 'show or hide each row over time',
    run: show(switchLives),
    staysOnCrumbs: true,
    idle: explainNoLines,
  },
  showHalf: {
    keys: ['B'],
    help: 'when this row first held half its maximum',
    run: showHalf,
    idle: explainNoHalf,
  },
  showMore: {
    keys: ['+'],
    help: 'show twice as many locations',
    run: show(state => scaleBiggest(state, 2)),
    idle: idleStep(state => {
      const isCut = state.elided.locations > 0 || selectCutSides(state).base;
      return isCut || state.status === 'reading' ? null : 'All locations are shown';
    }),
  },
  showFewer: {
    keys: ['-'],
    help: 'show half as many locations',
    run: show(state => scaleBiggest(state, 1 / 2)),
    idle: idleStep(),
  },
});

function explainNothingAround(state: TreeState): string | null {
  return isOnlyInTables(state) ? ONLY_IN_TABLES : explainNoFunction(state);
}
