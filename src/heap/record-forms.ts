import {
  type AggregatedForm,
  createAggregatedForm10,
  createAggregatedForm12,
} from '../capture/aggregated-forms.js';
import {CodeObjects} from '../capture/code-objects.js';
import type {CaptureHeader} from '../capture/header.js';
import type {KeptTexts} from '../capture/kept-texts.js';
import {
  createRareParser6,
  createRareParser7,
  createRareParser12,
  type RareRecordParser,
  type RareSink,
} from '../capture/rare-records.js';
import type {CoreExports} from '../core/core.js';
import {createCodeNamer, createResolvedNamer, type FrameNamer} from './frame-names.js';

/** What the form of the records decides outside of the core. */
export interface StreamingForm {
  readonly parseRareRecord: RareRecordParser;
  readonly namer: FrameNamer;
}

/** Passes to the core which records to expect. */
export function createStreamingForm(
  core: CoreExports,
  texts: KeptTexts,
  {format, nativeTraces, pythonHex}: CaptureHeader,
  sink: RareSink,
): StreamingForm {
  core.initRecords(format.recordForm, Number(nativeTraces), Number(format.hasTrailer));
  const codes = new CodeObjects(core, texts);
  if (format.recordForm === 12) {
    return {
      parseRareRecord: createRareParser12(core, codes, sink),
      namer: createCodeNamer(codes, pythonHex),
    };
  }
  const createParser = format.recordForm === 7 ? createRareParser7 : createRareParser6;
  return {parseRareRecord: createParser(core, codes, sink), namer: createResolvedNamer(codes)};
}

/** The same for aggregated files, which no version before 10 has. */
export function createAggregatedForm(
  core: CoreExports,
  texts: KeptTexts,
  {format, nativeTraces, pythonHex}: CaptureHeader,
): {readonly form: AggregatedForm; readonly namer: FrameNamer} {
  const codes = new CodeObjects(core, texts);
  return format.recordForm === 12
    ? {form: createAggregatedForm12(codes, nativeTraces), namer: createCodeNamer(codes, pythonHex)}
    : {form: createAggregatedForm10(codes), namer: createResolvedNamer(codes)};
}
