import type {SourceReadOptions} from './source-reader.js';
import type {SourceResult} from './source-result.js';

/** Which of two captures a source belongs to: a base, or what is compared with it. */
export type SourceSide = 'base' | 'compared';

/** What to show: a file by its recorded name, and the line in it (1-based, 0 where unknown). */
export interface SourceRequest {
  readonly file: string;
  readonly line: number;
  /**
   * The function that the line was recorded in; '' where unknown. Reading does not need it, remarks about the
   * answer do.
   */
  readonly functionName?: string;
  /** Show it even if it is held back as private. */
  readonly isRevealed: boolean;
  /** Of captures that are compared, where they have other sources of it: whose this one is. */
  readonly side?: SourceSide;
}

/** A request with its answer. */
export interface SourceExcerpt extends SourceRequest {
  readonly result: SourceResult;
}

/** How a request is read: of a base the recorded name as it is, since folders that are mapped are those of the other side. */
export function toReadOptions({
  line,
  isRevealed,
  side,
}: Pick<SourceRequest, 'line' | 'isRevealed' | 'side'>): SourceReadOptions {
  return {line, reveal: isRevealed, asRecorded: side === 'base'};
}
