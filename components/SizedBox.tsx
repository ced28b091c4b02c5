import {Box, type DOMElement, useBoxMetrics, useWindowSize} from 'ink';
import {type ReactNode, useRef} from 'react';
import {readCells} from '../src/base/check.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface SizedBoxProps {
  /** In cells; what the box around it leaves, unless given. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /**
   * Where the box around it is as high as what it holds (as that of a whole app is); at most the terminal's
   * height is taken.
   */
  readonly wishedHeight: number;
  readonly children: (size: Size) => ReactNode;
}

/**
 * A column that passes its size to its children. It measures itself only where its size is not given:
 * measuring sets state after each layout, so that under many resizes in a row each frame leads to another
 * one, until React gives up ("Maximum update depth exceeded"). It cuts off what is larger only where it
 * measures itself: Ink takes longer for frames in which something is cut off.
 */
export function SizedBox(props: SizedBoxProps) {
  const width = readCells(props.width);
  const height = readCells(props.height);
  if (width === undefined || height === undefined) {
    return <MeasuredBox {...props} width={width} height={height} />;
  }
  return (
    <Box flexDirection="column" width={width} height={height}>
      {props.children({width, height})}
    </Box>
  );
}

/** The first frame is drawn before anything is measured: it has the wished size, cut to the box around it. */
function MeasuredBox({width, height, wishedHeight, children}: SizedBoxProps) {
  const box = useRef<DOMElement>(null);
  const metrics = useBoxMetrics(box);
  const terminal = useWindowSize();
  const wished = {width: terminal.columns, height: Math.min(wishedHeight, terminal.rows)};
  const known = metrics.hasMeasured ? metrics : wished;
  // The inner box gives the outer one its size where nothing else does.
  return (
    <Box ref={box} flexDirection="column" width={width ?? '100%'} height={height ?? '100%'} overflow="hidden">
      <Box
        flexDirection="column"
        flexShrink={0}
        width={width ?? wished.width}
        height={height ?? wished.height}
      >
        {children({width: width ?? known.width, height: height ?? known.height})}
      </Box>
    </Box>
  );
}
