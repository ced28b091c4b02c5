import {describe, expect, it} from 'vitest';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {formatText, type TextOptions} from '../../../src/report/text.js';
import {chainSnapshot} from '../../helpers/large-trees.js';
import {createReport} from '../../helpers/report.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

const print = (snapshot: Snapshot, options?: TextOptions) =>
  [...formatText(createReport(snapshot, {wholePeak: true}), options)].join('');

const SNAPSHOT = parseSnapshot(`
  main /app/cli.py:43 3000
    load /app/data.py:12 2000000
    run /usr/lib/python3.11/runpy.py:8
      build /app/data.py:40 1661000
  _load <frozen importlib._bootstrap>:7
    native lib.so:0 100
  ! 45 locations 120 allocations 50000 bytes
`);

describe('formatText', () => {
  it('prints the rows of the screen with everything open', () => {
    expect(print(SNAPSHOT)).toMatchInlineSnapshot(`
      "📂 3.714MB (100.00 %) <ROOT>
      ├── 📂 3.664MB (98.65 %) main  cli:43
      │   ├── 📄 2.000MB (53.85 %) load  data:12
      │   └── 📄 1.661MB (44.72 %) build  data:40
      ├── 📄 100.000B (0.00 %) native  lib.so
      └── ❓ 50.000kB (1.35 %) 120 allocations from 45 locations below the configured threshold
      peak of the capture: 1.000kB, shown 3.664MB; 45 locations (50.000kB) below the cut, -b 200
      "
    `);
  });

  it('prints the first rows, and says how many more there are', () => {
    expect(print(SNAPSHOT, {limit: 3}).split('\n').slice(0, 4)).toEqual([
      ...print(SNAPSHOT).split('\n').slice(0, 3),
      '… 3 more',
    ]);
    expect(print(SNAPSHOT, {limit: 1, depth: 1})).toContain('<ROOT>\n… 3 more\npeak of');
    expect(print(SNAPSHOT, {limit: 0, ascii: true})).toMatch(/^\.\.\. 6 more\npeak of/);
    expect(print(SNAPSHOT, {limit: 6})).toBe(print(SNAPSHOT));
  });

  it('takes other filters', () => {
    expect(
      print(SNAPSHOT, {filters: {hideImportSystem: true, hideUninteresting: false}}),
    ).toMatchInlineSnapshot(`
      "📂 3.714MB (100.00 %) <ROOT>
      ├── 📂 3.664MB (98.65 %) main  cli:43
      │   ├── 📄 2.000MB (53.85 %) load  data:12
      │   └── 📂 1.661MB (44.72 %) run  runpy:8
      │       └── 📄 1.661MB (44.72 %) build  data:40
      └── ❓ 50.000kB (1.35 %) 120 allocations from 45 locations below the configured threshold
      peak of the capture: 1.000kB, shown 3.664MB; 45 locations (50.000kB) below the cut, -b 200
      "
    `);
  });

  it('prints plain characters only, if asked to', () => {
    const text = print(SNAPSHOT, {ascii: true});
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text).toMatchInlineSnapshot(`
      "+ 3.714MB (100.00 %) <ROOT>
      |-- + 3.664MB (98.65 %) main  cli:43
      |   |-- - 2.000MB (53.85 %) load  data:12
      |   \`-- - 1.661MB (44.72 %) build  data:40
      |-- - 100.000B (0.00 %) native  lib.so
      \`-- ? 50.000kB (1.35 %) 120 allocations from 45 locations below the configured threshold
      peak of the capture: 1.000kB, shown 3.664MB; 45 locations (50.000kB) below the cut, -b 200
      "
    `);
  });

  it('ends at the depth that is asked for; what is below still makes a caller', () => {
    expect(print(SNAPSHOT, {depth: 1})).toMatchInlineSnapshot(`
      "📂 3.714MB (100.00 %) <ROOT>
      ├── 📂 3.664MB (98.65 %) main  cli:43
      ├── 📄 100.000B (0.00 %) native  lib.so
      └── ❓ 50.000kB (1.35 %) 120 allocations from 45 locations below the configured threshold
      peak of the capture: 1.000kB, shown 3.664MB; 45 locations (50.000kB) below the cut, -b 200
      "
    `);
  });

  it.each([
    ['truecolor', true],
    ['truecolor', 'truecolor'],
    ['256', '256'],
    ['16', '16'],
  ] as const)('colours size and percent, function and place: %s', (name, color) => {
    const row = print(SNAPSHOT, {color}).split('\n')[1];
    const heat = {truecolor: '38;2;208;94;87', '256': '38;5;174', '16': '31'}[name];
    expect(row).toBe(
      `├── 📂 \u001b[${heat}m3.664MB (98.65 %)\u001b[0m \u001b[1mmain\u001b[0m  \u001b[2;36mcli:43\u001b[0m`,
    );
  });

  it('takes the colours of another palette', () => {
    const row = print(SNAPSHOT, {color: 'truecolor', palette: 'light'}).split('\n')[1];
    expect(row).toBe(
      '├── 📂 \u001b[38;2;176;38;34m3.664MB (98.65 %)\u001b[0m \u001b[1mmain\u001b[0m  \u001b[38;5;24mcli:43\u001b[0m',
    );
    const mono = print(SNAPSHOT, {color: 'truecolor', palette: 'mono'}).split('\n')[1];
    expect(mono).toBe('├── 📂 3.664MB (98.65 %) \u001b[1mmain\u001b[0m  \u001b[2mcli:43\u001b[0m');
  });

  it('shows what stands for invisible characters in reverse', () => {
    const row = print(parseSnapshot('a\u202eb app.py:1 5'), {color: '16'}).split('\n')[1];
    expect(row).toContain('\u001b[1ma\u001b[0m\u001b[1;7m‹202E›\u001b[0m\u001b[1mb\u001b[0m');
  });

  it('says that there is nothing', () => {
    const text = '<No allocations>\npeak of the capture: 1.000kB, shown 0.000B\n';
    expect(print(buildSnapshot([]))).toBe(text);
    expect(print(buildSnapshot([]), {color: true})).toBe(text);
  });

  it('prints one line a row, whatever the names hold', () => {
    const hostile = '\u001b]52;c;x\u0007\r\n\u2028\u009b2J[/bold]';
    const text = print(buildSnapshot([{stack: [[hostile, hostile, 0]], bytes: 5}]), {name: hostile});
    expect(text).toBe(
      '📂 5.000B (100.00 %) <ROOT>\n' +
        '└── 📄 5.000B (100.00 %) ␛]52;c;x␇␊␊␊�2J[/bold]  ␛]52;c;x␇␊␊␊�2J[/bold]\n' +
        'peak of ␛]52;c;x␇␊␊␊�2J[/bold]: 1.000kB, shown 5.000B\n',
    );
  });

  it('indents no further below 60 levels, and says how deep it is', () => {
    const lines = print(chainSnapshot(300_000)).split('\n');
    // The root, the nodes, the summary and the end.
    expect(lines).toHaveLength(300_003);
    const indent = (depth: number) => lines[depth]!.indexOf('📂');
    expect([1, 59, 60, 61, 99_999, 299_999].map(indent)).toEqual([4, 236, 240, 240, 240, 240]);
    expect(lines[60]).toMatch(/^ {236}└── 📂/);
    expect(lines[61]).toMatch(/^…\(61\) {231}└── 📂/);
    expect(lines[299_999]).toMatch(/^…\(299999\) {227}└── 📂/);
  });
});
