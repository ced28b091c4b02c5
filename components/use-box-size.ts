import {type DOMElement, useBoxMetrics, useWindowSize} from 'ink';
import {type RefObject, useRef} from 'react';
import {readCells} from '../src/base/check.js';

export interface GivenSize {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

export interface BoxSize {
  /** For the outer `<Box>`. */
  readonly box: {
    readonly ref: RefObject<DOMElement | null>;
    readonly width: number | '100%';
    readonly height: number | '100%';
  };
  /** For a `<Box>` in it, which holds everything: the size where the outer box has none. */
  readonly content: {readonly width: number; readonly height: number; readonly flexShrink: 0};
  /** The size in cells. */
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a component: as given, else that of the box it is in. A box that is as large as what it holds (the one around a whole
 * app is as high as that) gets what the component would like to have.
 *
 * The first frame is drawn before anything is measured. It has the wished size, cut to the box.
 * @param wishedHeight at most the terminal's height is used of it
 */
export function useBoxSize(given: GivenSize, wishedHeight: number): BoxSize {
  const ref = useRef<DOMElement>(null);
  const measured = useBoxMetrics(ref);
  const terminal = useWindowSize();
  const width = readCells(given.width);
  const height = readCells(given.height);
  const wished = {width: terminal.columns, height: Math.min(wishedHeight, terminal.rows)};
  const known = measured.hasMeasured ? measured : wished;
  return {
    box: {ref, width: width ?? '100%', height: height ?? '100%'},
    content: {width: width ?? wished.width, height: height ?? wished.height, flexShrink: 0},
    width: width ?? known.width,
    height: height ?? known.height,
  };
}
