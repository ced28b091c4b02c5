import type {SourceResult} from './source-result.js';

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
  /** Folders that are mapped do not count; false unless given. */
  readonly isAsRecorded?: boolean;
}

/** A request with its answer. */
export interface SourceExcerpt extends SourceRequest {
  readonly result: SourceResult;
}
