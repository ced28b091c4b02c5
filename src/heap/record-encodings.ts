import {
  type AggregatedEncoding,
  createAggregatedForm10,
  createAggregatedForm12,
} from '../capture/aggregated-encodings.js';
import {CodeObjects} from '../capture/code-objects.js';
import {
  type ColdRecordParser,
  type ColdRecordSink,
  createColdParser6,
  createColdParser7,
  createColdParser12,
} from '../capture/cold-records.js';
import type {CaptureHeader} from '../capture/header.js';
import type {KeptTexts} from '../capture/kept-texts.js';
import type {CoreExports} from '../core/core.js';
import {createCodeResolver, createPlainResolver, type FrameResolver} from './frame-resolver.js';

/** What depends on the encoding of the records outside the core. */
export interface StreamingEncoding {
  readonly parseColdRecord: ColdRecordParser;
  readonly resolver: FrameResolver;
}

/** Passes to the core which records to expect. */
export function createStreamingEncoding(
  core: CoreExports,
  texts: KeptTexts,
  {format, nativeTraces, pythonHex}: CaptureHeader,
  sink: ColdRecordSink,
): StreamingEncoding {
  core.initRecords(format.recordEncoding, Number(nativeTraces), Number(format.hasTrailer));
  const codes = new CodeObjects(core, texts);
  if (format.recordEncoding === 12) {
    return {
      parseColdRecord: createColdParser12(core, codes, sink),
      resolver: createCodeResolver(codes, pythonHex),
    };
  }
  const createParser = format.recordEncoding === 7 ? createColdParser7 : createColdParser6;
  return {parseColdRecord: createParser(core, codes, sink), resolver: createPlainResolver(codes)};
}

/** The same for aggregated files, which no version before 10 has. */
export function createAggregatedEncoding(
  core: CoreExports,
  texts: KeptTexts,
  {format, nativeTraces, pythonHex}: CaptureHeader,
): {readonly encoding: AggregatedEncoding; readonly resolver: FrameResolver} {
  const codes = new CodeObjects(core, texts);
  return format.recordEncoding === 12
    ? {encoding: createAggregatedForm12(codes, nativeTraces), resolver: createCodeResolver(codes, pythonHex)}
    : {encoding: createAggregatedForm10(codes), resolver: createPlainResolver(codes)};
}
