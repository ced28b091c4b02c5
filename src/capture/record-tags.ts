/** Tags that TypeScript parses in streaming files of version 12 and 13; the core does the others. */
export const streamTags = {segmentHeader: 7, threadName: 10, codeObject: 14} as const;

/** Tags of aggregated files of version 12 and 13. */
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
  survivingObject: 13,
  codeObject: 14,
  trailer: 15,
} as const;
