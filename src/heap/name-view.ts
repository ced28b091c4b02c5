import {formatMoment} from './moment.js';
import type {View} from './snapshot.js';

/** What a view is of, within a sentence: `the peak`, `what was alive at 50%`. */
export function nameWhole(view: View): string {
  switch (view.kind) {
    case 'peak':
      return 'the peak';
    case 'leaks':
      return 'the leaks';
    case 'temporary':
      return 'the temporary allocations';
    case 'allocated':
      return 'all that was allocated';
    case 'moment':
      return `what was alive at ${formatMoment(view.at)}`;
    case 'range': {
      const span = `from ${formatMoment(view.from)} to ${formatMoment(view.to)}`;
      return view.of === 'peak' ? `the peak ${span}` : `the growth ${span}`;
    }
    case 'generations':
      return 'the generations';
  }
}
