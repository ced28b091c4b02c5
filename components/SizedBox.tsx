import {Box} from 'ink';
import type {ReactNode} from 'react';
import {readCells} from '../src/base/check.js';
import {type GivenSize, useBoxSize} from './use-box-size.js';

export interface SizedBoxProps extends GivenSize {
  /** What a box without a height of its own would like to have, in cells. */
  readonly wishedHeight: number;
  readonly children: (size: {readonly width: number; readonly height: number}) => ReactNode;
}

/**
 * A column that tells its children how large it is. It measures itself only where its size is not given: measuring sets state after each layout,
 * so that under many resizes in a row each frame leads to another one, until React gives up ("Maximum update depth exceeded"). It cuts off
 * what is larger only where it measures itself: Ink takes longer for frames in which something is cut off.
 */
export function SizedBox(props: SizedBoxProps) {
  const [width, height] = [readCells(props.width), readCells(props.height)];
  if (width === undefined || height === undefined) return <MeasuredBox {...props} />;
  return (
    <Box flexDirection="column" width={width} height={height}>
      {props.children({width, height})}
    </Box>
  );
}

function MeasuredBox({wishedHeight, children, ...given}: SizedBoxProps) {
  const {box, content, width, height} = useBoxSize(given, wishedHeight);
  return (
    <Box {...box} flexDirection="column" overflow="hidden">
      <Box {...content} flexDirection="column">
        {children({width, height})}
      </Box>
    </Box>
  );
}
