import type {View} from '../src/heap/snapshot.js';
import {createPartialPace} from '../src/reader/partial-pace.js';
import type {TreeStore} from '../src/store/create-tree-store.js';
import type {StartReading} from './early-reading.js';

/** At most one reading at a time. */
export function createReadings(startReading: StartReading) {
  let stop = (): void => {};
  let ask = (_view: View): void => {};
  return {
    askForPartial: (view: View) => ask(view),
    start(store: TreeStore, name: string): void {
      stop();
      store.actions.startReading(name);
      const pace = createPartialPace(() => reading.askForPartial());
      const reading = startReading(message => {
        if (message.type === 'progress' && message.partial !== null) pace.noteShown();
        if (message.type !== 'progress') pace.stop();
        store.actions.receive(message);
      });
      ask = reading.askForPartial;
      stop = () => {
        pace.stop();
        reading.stop();
      };
    },
    stop: () => stop(),
  };
}
