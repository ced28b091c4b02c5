import {useEffect, useMemo, useRef, useState} from 'react';
import {type SourceExcerpt, type SourceRequest, toReadOptions} from '../src/source/source-excerpt.js';
import type {SourceReader} from '../src/source/source-reader.js';

/**
 * The source for a request. While it is being read, the excerpt before it stays (null if there is none);
 * requests that were overtaken by newer ones are never read. With no request there is no excerpt.
 */
export function useSourceExcerpt(reader: SourceReader, request: SourceRequest | null): SourceExcerpt | null {
  const [read, setRead] = useState<SourceExcerpt | null>(null);
  const shown = useRef<SourceExcerpt | null>(null);
  const wanted = useRef<(SourceRequest & {readonly reader: SourceReader}) | null>(null);
  const isReading = useRef(false);
  const {file = null, line = 0, functionName = '', isRevealed = false, side} = request ?? {};

  // What was read before is there at once: no frame shows the wrong source, and none is drawn twice.
  const known = file === null ? null : reader.get(file, toReadOptions({line, isRevealed, side}));
  const isKnown = known !== null;
  const excerpt = useMemo(
    () =>
      known === null || file === null ? null : {file, line, functionName, isRevealed, side, result: known},
    [known, file, line, functionName, isRevealed, side],
  );

  useEffect(() => {
    wanted.current = file === null || isKnown ? null : {file, line, functionName, isRevealed, side, reader};
    if (!isReading.current) void readWanted();
    async function readWanted(): Promise<void> {
      isReading.current = true;
      for (let next = wanted.current; next !== null; next = wanted.current) {
        const {reader: nextReader, ...nextRequest} = next;
        const result = await nextReader.read(next.file, toReadOptions(next));
        if (wanted.current === next) {
          wanted.current = null;
          shown.current = {...nextRequest, result};
          setRead(shown.current);
        }
      }
      isReading.current = false;
    }
    return () => {
      wanted.current = null;
    };
  }, [reader, file, line, functionName, isRevealed, side, isKnown]);

  useEffect(() => {
    if (excerpt !== null) shown.current = excerpt;
  }, [excerpt]);

  if (file === null) return null;
  if (excerpt !== null) return excerpt;
  const isAnswer =
    read?.file === file &&
    read.line === line &&
    read.functionName === functionName &&
    read.isRevealed === isRevealed &&
    read.side === side;
  return isAnswer ? read : shown.current;
}
