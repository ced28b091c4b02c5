import type {View} from '../src/heap/snapshot.js';
import type {TreeQuery} from '../src/query/tree-query.js';
import {createPartialThrottle} from '../src/reader/partial-throttle.js';
import type {TreeStore} from '../src/session/create-tree-store.js';
import type {StartLoad} from './early-load.js';

/** At most one load at a time. */
export function createLoader(startLoad: StartLoad) {
  let stop = (): void => {};
  let ask = (_view: View): void => {};
  return {
    askForPartial: (view: View) => ask(view),
    /** @param query another one than the options ask for */
    start(store: TreeStore, name: string, query?: TreeQuery): void {
      stop();
      store.actions.startLoad(name);
      const throttle = createPartialThrottle(() => load.askForPartial());
      const load = startLoad(message => {
        if (message.type === 'progress' && message.partial !== null) throttle.noteShown();
        if (message.type !== 'progress') throttle.stop();
        store.actions.receive(message);
      }, query);
      ask = load.askForPartial;
      stop = () => {
        throttle.stop();
        load.stop();
      };
    },
    stop: () => stop(),
  };
}
