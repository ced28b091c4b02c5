import type {TreeQuery} from '../src/query/tree-query.js';
import type {CaptureSession, PartialAnswer, WholeAnswer} from '../src/reader/capture-session.js';

/** A reading that has begun, and what it was asked for first. */
export interface BegunReading {
  readonly session: CaptureSession;
  readonly partial: Promise<PartialAnswer | null>;
  readonly whole: Promise<WholeAnswer | null>;
}

/** Begins to read. `isAnew`: what earlier readings have found may not be true any more. */
export type BeginReading = (query: TreeQuery, wantsBlocks?: boolean, isAnew?: boolean) => BegunReading;

/**
 * Begins to read now, before anybody asks. The first caller gets this reading, if it asks for the same; every
 * later one a reading of its own.
 */
export function beginEarly(begin: BeginReading, query: TreeQuery): BeginReading {
  let early: BegunReading | null = begin(query);
  return (asked, wantsBlocks, isAnew) => {
    const begun = early;
    early = null;
    return begun !== null && asked === query ? begun : begin(asked, wantsBlocks, isAnew);
  };
}
