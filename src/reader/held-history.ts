import {deserialize, serialize} from 'node:v8';
import {type History, HistoryReader, type KeptHistory} from '../heap/history.js';

/** What was held at each moment that is kept of a run, as bytes: of no weight until it is asked for. */
export interface HeldHistory {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function holdHistory(history: History): HeldHistory {
  const {buffer, byteOffset, byteLength} = serialize(history);
  return {bytes: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)};
}

export function openHistory({bytes}: HeldHistory): KeptHistory {
  let reader: HistoryReader | null = null;
  return {
    open() {
      reader ??= new HistoryReader(deserialize(bytes) as History);
      return reader;
    },
  };
}
