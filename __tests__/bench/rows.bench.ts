import {test} from 'vitest';
import {formatRow} from '../../components/row-text.js';
import {cellWidth} from '../../src/format/cells.js';
import {sanitize} from '../../src/format/sanitize.js';
import {computeRowColumns} from '../../src/store/row-columns.js';
import {createTheme} from '../../src/style/theme.js';

const theme = createTheme({depth: 'truecolor'});
const names = {
  plain: 'load_customer_records',
  wide: '計算する関数🎉の名前',
  hostile: 'x\u001b[31m\u202ered\u0301\u0301',
};
const guides = sanitize('│ │ ├▾ ');

function createSpec(name: string, width: number) {
  const label = {
    icon: 'calls',
    size: '3.661MB',
    percent: '99.92 %',
    heat: 99,
    share: 0.9992,
    function: sanitize(name),
    place: sanitize('newsroom.pictures.archive:143'),
  } as const;
  const columns = computeRowColumns({width, screenColumns: 120, labels: [label]});
  return {label, isSelected: false, hasFocus: true, isMatch: false, columns} as const;
}

test('paint a row', async ({bench}) => {
  await bench.compare(
    ...Object.entries(names).flatMap(([kind, name]) =>
      [110, 60].map(width => {
        const spec = createSpec(name, width);
        return bench(`${kind}, ${width === 60 ? 'cut' : 'whole'}`, () => {
          formatRow(spec, guides, theme);
        });
      }),
    ),
  );
});

test('make text safe and count its cells', async ({bench}) => {
  await bench.compare(
    ...Object.entries(names).flatMap(([kind, name]) => {
      const safe = sanitize(name);
      return [
        bench(`sanitize, ${kind}`, () => {
          sanitize(name);
        }),
        bench(`cell width, ${kind}`, () => {
          cellWidth(safe);
        }),
      ];
    }),
  );
});
