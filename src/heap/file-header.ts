import type {ByteReader, Parsing} from '../capture/byte-reader.js';
import {isCompressedStart} from '../capture/compressed-start.js';
import {CaptureError} from '../capture/damage.js';
import {type CaptureHeader, parseHeader} from '../capture/header.js';

/**
 * The header of a capture.
 * @param isUnpacked whether it comes out of LZ4 frames
 */
export function* parseFileHeader(reader: ByteReader, isUnpacked: boolean): Parsing<CaptureHeader> {
  try {
    return yield* parseHeader(reader);
  } catch (error) {
    const isUnknown = error instanceof CaptureError && error.code === 'not-a-capture';
    // One byte was enough to see that it is no capture.
    const {bytes, pos, end} = reader;
    const isPacked = isUnpacked && isCompressedStart(bytes.subarray(pos - 1, end));
    if (!isUnknown || !isPacked) throw error;
    const advice = 'unpack it on the way: lz4 -dc FILE | memray-tree-ink -';
    throw new CaptureError('not-a-capture', `is compressed twice; ${advice}`, {cause: error});
  }
}

/** Whether a capture without a trailer is whole: the header gets the number of records when the recording ends. */
export function hasAllRecords({format, allocationRecords}: CaptureHeader, records: number): boolean {
  return !format.hasTrailer && allocationRecords > 0 && allocationRecords === records;
}
