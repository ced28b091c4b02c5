import {useEffect, useRef, useState} from 'react';
import type {SourceReader} from '../src/source/source-reader.js';
import type {SourceResult} from '../src/source/source-result.js';

/** What to show: a file by its recorded name, and the line in it (1-based, 0 where unknown). */
export interface SourceRequest {
  readonly file: string;
  readonly line: number;
  /** Show it even if it is held back as private. */
  readonly isRevealed: boolean;
}

/** A request with its answer. */
export interface SourceExcerpt extends SourceRequest {
  readonly result: SourceResult;
}

/**
 * The source for a request. While it is being read, the excerpt before it stays (null if there is none); requests that
 * were overtaken by newer ones are never read. With no request there is no excerpt.
 */
export function useSourceExcerpt(reader: SourceReader, request: SourceRequest | null): SourceExcerpt | null {
  const [shown, setShown] = useState<SourceExcerpt | null>(null);
  const wanted = useRef<(SourceRequest & {readonly reader: SourceReader}) | null>(null);
  const isReading = useRef(false);
  const {file = null, line = 0, isRevealed = false} = request ?? {};

  useEffect(() => {
    wanted.current = file === null ? null : {file, line, isRevealed, reader};
    const readWanted = async (): Promise<void> => {
      isReading.current = true;
      for (let next = wanted.current; next !== null; next = wanted.current) {
        const result = await next.reader.read(next.file, {line: next.line, reveal: next.isRevealed});
        if (wanted.current === next) {
          wanted.current = null;
          setShown({file: next.file, line: next.line, isRevealed: next.isRevealed, result});
        }
      }
      isReading.current = false;
    };
    if (!isReading.current) void readWanted();
    return () => {
      wanted.current = null;
    };
  }, [reader, file, line, isRevealed]);

  if (file === null) return null;
  // What was read before is there at once: no frame shows the wrong source.
  const known = reader.get(file, {line, reveal: isRevealed});
  return known === null ? shown : {file, line, isRevealed, result: known};
}
