import type {CodeObjects} from '../capture/code-objects.js';
import {computeLine} from '../capture/line-table.js';
import type {FrameTexts} from './text-frame-table.js';

/** Knows what frames are called. */
export interface FrameResolver {
  /** Whether the capture defines this code: a code object, or before version 12 a frame as a whole. */
  has(code: bigint): boolean;
  /** Of an instruction of it. Called for shown frames only. */
  getNames(code: bigint, offset: number): FrameTexts;
  /** Of a frame that the capture does not define. */
  readonly unknown: FrameTexts;
  /**
   * Whether the frame began a new run of the interpreter's loop.
   * @param recorded what is recorded with its use: before version 12 it is with its definition
   */
  isInterpreterEntry(code: bigint, recorded: boolean): boolean;
}

const UNKNOWN_FUNCTION = '??? (unknown)';

/** Version 12 and later: the line is computed from a table of the code object. */
export function createCodeResolver(codes: CodeObjects, pythonHex: number): FrameResolver {
  const unknown = createUnknown(codes);
  return {
    unknown,
    has: code => codes.has(code),
    getNames: (code, offset) => {
      const object = codes.get(code);
      if (object === undefined) return unknown;
      const line = computeLine(pythonHex, object.lineTable, object.firstLine, offset);
      return {function: object.function, file: object.file, line: toLine(line)};
    },
    isInterpreterEntry: (_, recorded) => recorded,
  };
}

/** Before version 12: a frame is recorded with its line. */
export function createPlainResolver(codes: CodeObjects): FrameResolver {
  const unknown = createUnknown(codes);
  return {
    unknown,
    has: code => codes.has(code),
    getNames: code => {
      const frame = codes.get(code);
      if (frame === undefined) return unknown;
      return {function: frame.function, file: frame.file, line: toLine(frame.firstLine)};
    },
    isInterpreterEntry: code => codes.get(code)?.isInterpreterEntry ?? true,
  };
}

function createUnknown({texts}: CodeObjects): FrameTexts {
  return {function: texts.keep(UNKNOWN_FUNCTION), file: texts.keep(''), line: 0};
}

/** Damage can lead below the first line of the file, or to one beyond 32 bits. */
const toLine = (line: number): number => Math.max(0, line | 0);
