import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import {test} from 'vitest';
import {formatRow} from '../../components/row-text.js';
import {TreeRow} from '../../components/TreeRow.js';
import {type Safe, sanitize} from '../../src/format/sanitize.js';
import {computeRowColumns} from '../../src/store/row-columns.js';
import {createTheme} from '../../src/style/theme.js';
import {renderFrame} from '../../src/testing.js';

const theme = createTheme({depth: 'truecolor'});
const sizes = [
  {columns: 120, rows: 40},
  {columns: 200, rows: 60},
];
const kinds: Readonly<Record<string, (text: Safe, width: number) => ReactNode>> = {
  'rows of the tree': (text, width) => <TreeRow text={text} width={width} />,
  'plain texts': text => <Text wrap="truncate">{text}</Text>,
};

function paintRow(index: number, isSelected: boolean, width: number): Safe {
  const label = {
    icon: 'calls',
    size: `${index}.661MB`,
    percent: '9.92 %',
    heat: 9,
    share: 0.0992,
    function: sanitize(`load_customer_records_${index}`),
    place: sanitize('/usr/lib/python3.11/site-packages/newsroom/archive.py:143'),
  } as const;
  const columns = computeRowColumns({width, screenColumns: width, labels: [label]});
  return formatRow({label, isSelected, hasFocus: true, isMatch: false, columns}, sanitize('│ │ ├▾ '), theme);
}

test('a frame after a step of the cursor, by the Ink of a host', async ({bench}) => {
  await bench.compare(
    ...sizes.flatMap(({columns, rows}) =>
      Object.entries(kinds).map(([kind, draw]) => {
        const show = (cursor: number) => (
          <Box flexDirection="column" width={columns} height={rows}>
            {Array.from({length: rows}, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity
              <Box key={row}>{draw(paintRow(row, row === cursor, columns), columns)}</Box>
            ))}
          </Box>
        );
        const app = renderFrame(show(0), {columns, rows, colorBits: 24});
        let cursor = 0;
        return bench(`${kind}, ${columns} × ${rows}`, async () => {
          cursor = (cursor + 1) % rows;
          await app.rerender(show(cursor));
        });
      }),
    ),
  );
});
