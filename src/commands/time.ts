import {isEmbedded} from '../store/is-embedded.js';
import {
  explainNoMoment,
  explainNoPeak,
  explainNoRise,
  explainNoRss,
  explainNoStrip,
  extendRange,
  goToHighestRss,
  goToPeak,
  goToRise,
  stepInTime,
  toggleStrip,
} from '../store/strip-actions.js';
import {defineCommands, onScreen, show} from './define.js';

export const TIME_COMMANDS = defineCommands('Time', {
  toggleStrip: {
    keys: ['T'],
    help: 'show or hide the course of the run',
    hint: {
      texts: ['Time strip', 'Close time strip'],
      rank: onScreen(15, state => state.timeline !== null && !isEmbedded(state)),
      variant: state => Number(state.strip.isOpen),
    },
    scope: 'program',
    run: show(toggleStrip),
    idle: state => (state.strip.isOpen ? null : explainNoStrip(state)),
  },
  goToEarlierMoment: {
    keys: ['['],
    help: 'show an earlier moment of the run',
    scope: 'program',
    run: state => stepInTime(state, -1),
    idle: explainNoMoment,
  },
  goToLaterMoment: {
    keys: [']'],
    help: 'show a later moment of the run',
    scope: 'program',
    run: state => stepInTime(state, 1),
    idle: explainNoMoment,
  },
  extendRange: {
    keys: ['shift+right'],
    help: 'on the time strip: extend a range',
    scope: 'program',
    run: () => ({}),
    inStrip: state => extendRange(state, 1),
    idle: state =>
      explainNoMoment(state) ??
      (state.focus === 'strip' ? null : 'Ranges are chosen on the time strip: T shows it'),
  },
  goToPeak: {
    keys: ['p'],
    help: 'show the peak of the heap (mark p)',
    scope: 'program',
    run: goToPeak,
    idle: explainNoPeak,
  },
  goToHighestRss: {
    keys: ['P'],
    help: 'show the highest resident memory (mark P)',
    scope: 'program',
    run: goToHighestRss,
    idle: explainNoRss,
  },
  goToSmallerRise: {
    keys: ['}'],
    help: 'show the greatest rise, then smaller ones',
    scope: 'program',
    run: state => goToRise(state, 1),
    idle: state => explainNoRise(state, 1),
  },
  goToGreaterRise: {
    keys: ['{'],
    help: 'go back to a greater rise',
    scope: 'program',
    run: state => goToRise(state, -1),
    idle: state => explainNoRise(state, -1),
  },
});
