import type {UiChange} from './apply-change.js';
import type {TreeState} from './state.js';

export function scrollSource({source}: TreeState, rows: number, columns = 0): UiChange {
  return {source: {row: source.row + rows, column: Math.max(0, source.column + columns)}};
}

export function revealSource({heldBackFile, revealedFiles}: TreeState): UiChange {
  return heldBackFile === null ? {} : {revealedFiles: new Set([...revealedFiles, heldBackFile])};
}
