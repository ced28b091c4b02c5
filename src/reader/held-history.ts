import {deserialize} from 'node:v8';
import {type History, HistoryReader, type KeptHistory} from '../heap/history.js';
import type {Checkpoint} from '../heap/state-log.js';
import {pack} from './held-snapshots.js';

/** What was held at each moment that is kept of a run: of little weight until it is asked for. */
export interface HeldHistory {
  /** The history without what follows, as bytes: they take none of V8's heap, and no time to be received. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly log: Uint8Array<ArrayBuffer>;
  readonly checkpoints: readonly Checkpoint[];
}

export function holdHistory({states, checkpoints, ...rest}: History): HeldHistory {
  const {log} = states;
  const withoutLog: History = {...rest, states: {...states, log: new Uint8Array()}, checkpoints: []};
  return {bytes: pack(withoutLog), log, checkpoints};
}

/** What can be handed over to another thread without a copy. */
export function listHeldBuffers({bytes, log, checkpoints}: HeldHistory): ArrayBuffer[] {
  const columns = [bytes, log, ...checkpoints.flatMap(each => [each.bytes, each.counts])];
  return columns.map(({buffer}) => buffer);
}

export function openHistory({bytes, log, checkpoints}: HeldHistory): KeptHistory {
  let reader: HistoryReader | null = null;
  return {
    open() {
      reader ??= new HistoryReader(putTogether(deserialize(bytes) as History));
      return reader;
    },
  };

  function putTogether(history: History): History {
    return {...history, states: {...history.states, log}, checkpoints};
  }
}
