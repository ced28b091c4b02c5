import {Box, type BoxProps, type DOMElement, useBoxMetrics} from 'ink';
import {type ReactNode, useRef} from 'react';

export interface SizedBoxProps extends Pick<BoxProps, 'overflow'> {
  /** In cells; what the box around it leaves, unless given. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly children: (size: {readonly width: number; readonly height: number}) => ReactNode;
}

/**
 * A column that tells its children how large it is. It measures itself only where its size is not given: measuring sets state after each layout,
 * so that under many resizes in a row each frame leads to another one, until React gives up ("Maximum update depth exceeded").
 */
export function SizedBox({width, height, overflow, children}: SizedBoxProps) {
  if (width === undefined || height === undefined) {
    return (
      <MeasuredBox width={width} height={height} overflow={overflow}>
        {children}
      </MeasuredBox>
    );
  }
  return (
    <Box flexDirection="column" width={width} height={height} {...(overflow && {overflow})}>
      {children({width, height})}
    </Box>
  );
}

function MeasuredBox({width, height, overflow, children}: SizedBoxProps) {
  const box = useRef<DOMElement>(null);
  const metrics = useBoxMetrics(box);
  return (
    <Box
      ref={box}
      flexDirection="column"
      width={width ?? '100%'}
      height={height ?? '100%'}
      {...(overflow && {overflow})}
    >
      {children({width: width ?? metrics.width, height: height ?? metrics.height})}
    </Box>
  );
}
