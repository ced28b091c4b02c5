/**
 * Tags that TypeScript parses in streaming files, by the encoding of the records; the core does the others.
 */
export const coldTags = {
  6: {frameIndex: 2, mapStart: 5, segmentHeader: 6, threadName: 9},
  /** In the low half of the byte; the high half are flags. */
  7: {frameIndex: 3, mapStart: 6, segmentHeader: 7, threadName: 10},
  12: {mapStart: 6, segmentHeader: 7, threadName: 10, codeObject: 14},
} as const;

/** Tags of aggregated files. */
export const aggregatedTags = {
  memorySnapshot: 1,
  allocation: 2,
  traceIndex: 3,
  frameIndex: 4,
  nativeTraceIndex: 5,
  mapStart: 6,
  segmentHeader: 7,
  segment: 8,
  threadName: 10,
  contextSwitch: 12,
  /** Version 12 and later. */
  survivingObject: 13,
  /** Version 12 and later. */
  codeObject: 14,
  trailer: 15,
} as const;
