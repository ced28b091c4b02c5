import {describe, expect, test} from 'vitest';
import {formatBytes, formatPercent} from '../../../src/format/numbers.js';
import type {Snapshot} from '../../../src/heap/snapshot.js';
import {parseQuery} from '../../../src/query/grammar/parse-query.js';
import {formatJson} from '../../../src/report/json.js';
import {compareSnapshots} from '../../helpers/compared-locations.js';
import {exportAs} from '../../helpers/export-formats.js';
import {
  expandAll,
  listShown,
  nextFrame,
  prepareExportedPages,
  readBars,
  readRows,
  withoutScript,
} from '../../helpers/exported-page.js';
import {createReport} from '../../helpers/report.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

// The page of a comparison as a browser shows it: its numbers are those of the JSON report.

const {openExport, openPage} = prepareExportedPages();

const BEFORE = `
  main a.txt:1 10
    load a.txt:5 2000 x2
      parse b.txt:7 300 x3
    load a.txt:6 4000
    save c.txt:9 1000
  other d.txt:3 690
`;
const AFTER = `
  main a.txt:2 10
    load a.txt:15 9000 x3
      parse b.txt:17 100
    save c.txt:9 1000
    fresh c.txt:9 501
`;
const PAIR = compareSnapshots([parseSnapshot(AFTER)], [parseSnapshot(BEFORE)]);
const RUNS = compareSnapshots(
  [AFTER, AFTER.replace('9000', '9301'), AFTER.replace('501', '700')].map(text => parseSnapshot(text)),
  [BEFORE, BEFORE.replace('4000', '4401')].map(text => parseSnapshot(text)),
);

/** A node of the JSON report. */
interface ReportedNode {
  readonly function: string;
  readonly file: string;
  readonly bytes: number;
  readonly base: number;
  readonly difference: number;
  readonly children: readonly ReportedNode[];
}

function readReport(snapshot: Snapshot, written: string): ReportedNode {
  const report = createReport(snapshot, {query: parseQuery(`${written} all`)});
  return (JSON.parse([...formatJson(report)].join('')) as {readonly tree: ReportedNode}).tree;
}

const sign = (difference: number, text: string): string => (difference > 0 ? `+${text}` : text);

/** The rows of a page that has all of a report. */
function describeRows(root: ReportedNode): readonly string[] {
  const rows: string[] = [];
  const visit = (node: ReportedNode, level: number): void => {
    const {function: name, file, bytes, base, difference} = node;
    const share = formatPercent(difference, root.base);
    const mark = base === 0 ? ' new' : bytes === 0 ? ' gone' : '';
    const numbers = [sign(difference, formatBytes(difference)), sign(difference, share)];
    const names = level === 1 ? `${name} ` : name === '' ? `${file} ` : `${name} ${file}`;
    rows.push([level, ...numbers, formatBytes(bytes), formatBytes(base), names].join(' ') + mark);
    for (const child of node.children) visit(child, level + 1);
  };
  visit(root, 1);
  return rows;
}

/** The bars of the same, each with its width in percent. @param side what widths are */
function describeBars(root: ReportedNode, side: 'bytes' | 'base'): readonly string[] {
  const bars: string[] = [];
  const visit = (node: ReportedNode): void => {
    const {function: name, file, bytes, base, difference} = node;
    if (node[side] === 0) return;
    const mark = base === 0 ? ' new' : bytes === 0 ? ' gone' : '';
    const share = sign(difference, formatPercent(difference, root.base));
    const width = ((100 * node[side]) / root[side]).toFixed(2);
    bars.push(`${name || file} ${sign(difference, formatBytes(difference))} ${share}${mark} ${width}`);
    for (const child of node.children) visit(child);
  };
  visit(root);
  return bars;
}

/** The first line of the page that matches each of some expressions. */
async function findLines(snapshot: Snapshot, wanted: readonly RegExp[]): Promise<readonly (string | null)[]> {
  const html = String(await exportAs('html', snapshot));
  return wanted.map(expression => expression.exec(html)?.[0] ?? null);
}

describe('the tree and the flame graph', () => {
  test.each(['', 'diff:absolute', 'diff:grown', 'inverted', 'through:load', 'sort:name', 'by:file', 'leaks'])(
    'of the view "%s" show the numbers of the JSON report',
    async written => {
      const page = await openExport(PAIR, written);
      const report = readReport(PAIR, written);
      await expandAll(page);
      expect(await readRows(page)).toEqual(describeRows(report));
      expect((await readBars(page)).toSorted()).toEqual(describeBars(report, 'bytes').toSorted());
      await page.evaluate(`document.getElementById('widths').click()`);
      await page.evaluate(nextFrame);
      expect((await readBars(page)).toSorted()).toEqual(describeBars(report, 'base').toSorted());
    },
  );

  test('of several captures a side show medians', async () => {
    const page = await openExport(RUNS, 'diff:absolute');
    const report = readReport(RUNS, 'diff:absolute');
    await expandAll(page);
    expect(await readRows(page)).toEqual(describeRows(report));
    expect(report.base % 1).toBe(0.5);
    const [heading, leftOut] = await findLines(RUNS, [/<h1>.*/, /<p>left out.*/]);
    expect(heading).toContain('results.bin compared with 2 captures</h1>');
    expect(leftOut).toBe('<p>left out: 6 nodes, within noise (+2.410kB)</p>');
  });

  test('of captures without a base show medians, how far captures spread, and which stand out', async () => {
    const odd = AFTER.replace('9000', '9000000');
    const snapshot = compareSnapshots(
      [BEFORE, BEFORE, AFTER, odd].map(text => parseSnapshot(text)),
      [],
    );
    const page = await openExport(snapshot);
    const [root, ...rows] = await readRows(page);
    expect(root).toBe('1 9.306kB 100.00 % 8.000kB 9.002MB <ROOT>  stands out: new-3.bin 9.002MB');
    expect(rows).toContain('3 7.700kB 82.75 % 6.300kB 9.000MB load a.txt stands out: new-3.bin 9.000MB');
    expect(rows).toContain('3 1.000kB 10.75 % 1.000kB 1.000kB save c.txt');
    const texts = (selector: string) =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('${selector}')].map(element => element.textContent)`,
      );
    expect(await texts('#headings span')).toEqual(['median', 'share', 'least', 'greatest']);
    expect(await texts('#facts div')).toEqual([
      'total 9.306kB (100.00 %), 8 allocations · own 0.000B (0.00 %), 0 allocations',
      'in 4 captures: 8.000kB to 9.002MB, ± 1.306kB',
      'stands out: new-3.bin 9.002MB',
    ]);
    expect(await page.evaluate(`document.querySelector('h1').textContent`)).toBe(
      'median 9.306kB · results.bin',
    );
    expect(await page.evaluate(`document.querySelectorAll('#legend').length`)).toBe(0);
  });

  test('keep both sides where uninteresting frames are hidden', async () => {
    const wrap = (text: string) =>
      parseSnapshot(`\n  _run_code <frozen runpy>:1 5\n${text.trimEnd().replaceAll(/^ {2}/gm, '    ')}\n`);
    const page = await openExport(compareSnapshots([wrap(AFTER)], [wrap(BEFORE)]));
    const hidden = await readRows(page);
    expect(hidden.some(row => row.includes('_run_code'))).toBe(false);
    expect(hidden.slice(1)).toEqual((await readRows(await openExport(PAIR))).slice(1).map(rescale));
    const root = hidden[0]!;
    expect(root.split(' ').slice(-4, -2)).toEqual(['10.616kB', '8.005kB']);
  });

  /** Percentages are of a base that has 5 bytes more. */
  function rescale(row: string): string {
    return row.replace(/([+-]?)(\d+\.\d+) %/, (_, plus: string, share: string) => {
      const bytes = Math.round(Number(share) * 80);
      return `${plus}${((100 * bytes) / 8005).toFixed(2)} %`;
    });
  }
});

describe('the page', () => {
  test('says what is compared with what, and how the flame graph is read', async () => {
    const page = await openExport(PAIR, 'through:load');
    const texts = (selector: string) =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('${selector}')].map(element => element.textContent.trim())`,
      );
    expect(await texts('h1')).toEqual(['+2.800kB (+44.44 %) · results.bin compared with base-0.bin']);
    expect(await page.evaluate('document.title')).toBe(
      'peak › through load · results.bin compared with base-0.bin · memray-tree-ink',
    );
    expect(await texts('header p')).toEqual([
      'peak › through load',
      'new: 9.100kB of 10.611kB (85.76 %) · 2 locations · app.py',
      'base: 6.300kB of 8.000kB (78.75 %) · 3 locations',
    ]);
    expect(await texts('#headings span')).toEqual(['difference', 'of the base', 'new', 'base']);
    expect((await texts('#legend'))[0]).toMatch(/^Red has grown, blue has shrunk.* widths of the base$/s);
  });

  test('says what the base is scaled to', async () => {
    const html = String(await exportAs('html', PAIR, 'normalize'));
    expect(/<p>base: .*/.exec(html)?.[0]).toBe(
      '<p>base: 8.000kB of 8.000kB (100.00 %) · 6 locations · scaled to 10.611kB</p>',
    );
  });

  test('colours bars by their difference, red and blue, grey where there is none', async () => {
    const page = await openExport(PAIR, 'diff:absolute');
    const colors = await page.evaluate<Record<string, number[]>>(
      `Object.fromEntries([...document.querySelectorAll('#flame .bar')].map(bar =>
        [bar.textContent.split(' ')[0], bar.style.background.match(/\\d+/g).map(Number)]))`,
    );
    const [red, , blue] = colors.load!;
    expect(red).toBeGreaterThan(blue! + 100);
    const [red2, , blue2] = colors.parse!;
    expect(blue2).toBeGreaterThan(red2!);
    const [red3, , blue3] = colors.save!;
    expect(Math.abs(red3! - blue3!)).toBeLessThan(10);
  });

  test('tells both sides of the selected row', async () => {
    const page = await openExport(PAIR);
    await page.evaluate(
      `[...document.querySelectorAll('#tree .row')].find(row => row.textContent.includes('fresh')).click()`,
    );
    await page.evaluate(nextFrame);
    expect(
      await page.evaluate(`[...document.querySelectorAll('#facts div')].map(line => line.textContent)`),
    ).toEqual([
      'difference +501.000B (+6.26 % of the base), new',
      'new: total 501.000B (4.72 %), 1 allocations · own 501.000B (4.72 %), 1 allocations',
      'base: total 0.000B (0.00 %), 0 allocations · own 0.000B (0.00 %), 0 allocations',
    ]);
  });

  test('shows the first levels without scripts', async () => {
    const page = await openPage(withoutScript(String(await exportAs('html', PAIR))));
    expect(await listShown(page, 'h1, h2, input, section, footer, main, #legend, #headings')).toEqual([
      'h1',
      'main',
    ]);
    expect(await page.evaluate(`document.getElementById('plain').innerText.trim().split('\\n')`)).toEqual([
      '+2.611kB (+32.64 %) <ROOT> 8.000kB → 10.611kB',
      '+3.301kB (+41.26 %) main a.txt 7.310kB → 10.611kB',
      '+2.800kB (+35.00 %) load a.txt 6.300kB → 9.100kB',
      '-200.000B (-2.50 %) parse b.txt 300.000B → 100.000B',
      '+501.000B (+6.26 %) fresh c.txt new',
      '-690.000B (-8.62 %) other d.txt gone',
    ]);
  });

  test('shows the spread without scripts', async () => {
    const snapshot = compareSnapshots([parseSnapshot(BEFORE), parseSnapshot(AFTER)], []);
    const [root, save] = await findLines(snapshot, [/<li>.*&lt;ROOT&gt;.*/, /<li>.*save.*/]);
    expect(root).toBe('<li>9.306kB (100.00 %) &lt;ROOT&gt; 8.000kB to 10.611kB, ± 1.306kB');
    expect(save).toBe('<li>1.000kB (10.75 %) save c.txt the same in all');
  });

  test('of a capture compared with itself is a root', async () => {
    const page = await openExport(compareSnapshots([parseSnapshot(AFTER)], [parseSnapshot(AFTER)]));
    expect(await readRows(page)).toEqual(['1 0.000B 0.00 % 10.611kB 10.611kB <ROOT> ']);
  });

  test('shows names as text, and breaks no rule of its own policy', async () => {
    const names = ['</script><b id=owned>', '<img src=x onerror="document.title=1">', '__proto__', '<!--'];
    const build = (factor: number) =>
      buildSnapshot(
        names.map((name, index) => ({stack: [[name, `${name}.txt`, 1]], bytes: factor * (100 - index)})),
      );
    const page = await openExport(compareSnapshots([build(3)], [build(1)]));
    expect(
      await page.evaluate(`[...document.querySelectorAll('#tree .function')].map(cell => cell.textContent)`),
    ).toEqual(['<ROOT>', ...names]);
    expect(await page.evaluate(`document.querySelectorAll('#owned, img, b').length`)).toBe(0);
    expect(page.log).toHaveLength(1);
  });
});
