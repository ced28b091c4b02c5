import type {Snapshot} from '../../src/heap/snapshot.js';
import {compareSnapshots} from './compared-locations.js';

/** Generations of one capture, each as a snapshot: those of `g0` first. */
export function joinAsGenerations(generations: readonly Snapshot[]): Snapshot {
  const compared = compareSnapshots(generations, []);
  const runs = compared.runs!.map((run, index) => ({...run, generation: `g${index}`}));
  return {...compared, runs, capture: generations[0]!.capture};
}
