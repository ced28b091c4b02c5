import {Box, Text} from 'ink';
import type {Safe} from '../src/format/sanitize.js';
import {wrapCells} from '../src/format/wrap.js';
import type {Theme} from '../src/style/theme.js';

export interface MessageProps {
  readonly text: Safe;
  readonly role: 'error' | 'quiet';
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** What a pane says instead of its contents, wrapped over as many lines as it needs. */
export function Message({text, role, width, height, theme}: MessageProps) {
  const lines = wrapCells(text, width).slice(0, height);
  return (
    <Box width={width} height={height} overflow="hidden">
      <Text wrap="truncate">{lines.map(line => theme.paint(role, line)).join('\n')}</Text>
    </Box>
  );
}
