import {deserialize, serialize} from 'node:v8';
import type {UnmergedSnapshot} from '../heap/native-traces.js';
import type {Snapshot, View} from '../heap/snapshot.js';
import type {TreeData} from '../tree/tree-data.js';

/**
 * What may still be asked of a capture whose parser is gone, as bytes: they take a fraction of the parser's
 * memory, none of V8's heap, and no time to be received.
 */
export interface HeldSnapshot {
  readonly select: View;
  /** `unmerged`: its native frames have no names yet. */
  readonly form: 'whole' | 'unmerged';
  readonly hasBlocks: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A snapshot, with its tree where that takes long to build. */
export interface WholeResult {
  readonly snapshot: Snapshot;
  readonly tree?: TreeData | undefined;
}

export function holdWhole(select: View, result: WholeResult): HeldSnapshot {
  return {select, form: 'whole', hasBlocks: result.snapshot.blocks !== undefined, bytes: pack(result)};
}

export function holdUnmerged(select: View, unmerged: UnmergedSnapshot): HeldSnapshot {
  return {select, form: 'unmerged', hasBlocks: unmerged.blocks !== undefined, bytes: pack(unmerged)};
}

/** A value as bytes, which `deserialize` reads. */
export function pack(value: object): Uint8Array<ArrayBuffer> {
  const {buffer, byteOffset, byteLength} = serialize(value);
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}

export function openWhole({bytes}: HeldSnapshot): WholeResult {
  return deserialize(bytes) as WholeResult;
}

/** Its columns have buffers of their own, which can be handed over. */
export function openHeldUnmerged({bytes}: HeldSnapshot): UnmergedSnapshot {
  return structuredClone(deserialize(bytes)) as UnmergedSnapshot;
}
