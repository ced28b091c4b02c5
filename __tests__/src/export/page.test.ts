import {describe, expect, test} from 'vitest';
import {formatBytes, formatPercent} from '../../../src/format/numbers.js';
import {type CallTree, UNINTERESTING} from '../../../src/tree/call-tree.js';
import {filterCallTree} from '../../../src/tree/filter.js';
import {listDisplayOrder} from '../../../src/tree/visible-rows.js';
import {fixturesDirectory} from '../../helpers/captures.js';
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
import {readSnapshot} from '../../helpers/read-snapshot.js';
import {runTreeQuery} from '../../helpers/run-query.js';
import {buildSnapshot} from '../../helpers/snapshot-builder.js';
import {parseSnapshot} from '../../helpers/tree-text.js';

// The page as a browser shows it: its numbers are those of the tree, and it can be used by keys.

const {openExport, openPage} = prepareExportedPages();

const NESTED = readSnapshot(`${fixturesDirectory}/nested.bin`, {biggestAllocs: Infinity});

function describeRows(tree: CallTree): string[] {
  return [...listDisplayOrder(tree)].map(node => {
    const {function: name, file, line, bytes} = tree.getNode(node);
    const share = formatPercent(bytes, tree.bytes[0]!);
    const place = line === 0 ? file : `${file}:${line}`;
    const names = node === 0 ? `${name} ` : name === '' ? `${file} ` : `${name} ${place}`;
    return `${tree.depth[node]! + 1} ${formatBytes(bytes)} ${share} ${names}`;
  });
}

const SMALL = `
  main a.txt:1 10
    load a.txt:5 2000 x2
      parse b.txt:7 300 x3
    load a.txt:6 4000
    save c.txt:9 1000
  other d.txt:3 690
`;

describe('the tree and the flame graph', () => {
  test.each([
    '',
    'inverted',
    'through:load',
    'sort:name',
    'root:load reverse',
    'by:function inverted',
    'by:file',
  ])('of the view "%s" show the numbers of the report', async written => {
    const page = await openExport(parseSnapshot(SMALL), written);
    const {tree} = runTreeQuery(parseSnapshot(SMALL), `${written} all`);
    await expandAll(page);
    expect(await readRows(page)).toEqual(describeRows(tree));
    const bars = (await readBars(page)).toSorted();
    const expected = [...listDisplayOrder(tree)].map(node => {
      const {function: name, file, bytes} = tree.getNode(node);
      const share = bytes / tree.bytes[0]!;
      return `${name || file} ${formatBytes(bytes)} ${formatPercent(bytes, tree.bytes[0]!)} ${(100 * share).toFixed(2)}`;
    });
    expect(bars).toEqual(expected.toSorted());
  });

  test('of a capture show the numbers of the report, without uninteresting frames', async () => {
    const page = await openExport(NESTED);
    await page.evaluate(nextFrame);
    const base = runTreeQuery(NESTED, 'all').tree;
    expect(base.flags.some(flags => flags & UNINTERESTING)).toBe(true);
    const {tree} = filterCallTree(base, {hideImportSystem: false, hideUninteresting: true});
    const rows = await readRows(page);
    const sizes = new Set([...tree.bytes].map(formatBytes));
    expect(rows[0]).toBe('1 3.664MB 100.00 % <ROOT> ');
    for (const row of rows) expect(sizes).toContain(row.split(' ')[1]);
    await page.evaluate(`document.getElementById('hides').click()`);
    await page.evaluate(nextFrame);
    const all = await readRows(page);
    expect(all.some(row => row.includes('_run_code'))).toBe(true);
    expect(rows.some(row => row.includes('_run_code'))).toBe(false);
  });
});

describe('the page', () => {
  test('needs nothing else, and breaks no rule of its own policy', async () => {
    const page = await openExport(NESTED);
    expect(page.log.filter(line => !line.startsWith('request file:'))).toEqual([]);
    expect(page.log).toHaveLength(1);
    const outside = await page.evaluate(
      `document.querySelectorAll('[src], link, iframe, object, a[href]').length`,
    );
    expect(outside).toBe(0);
  });

  test.each([
    ['', 'peak'],
    ['leaks', 'leaks'],
    ['through:load by:function inverted', 'peak › through load › by function › inverted'],
    ['flat sort:own', 'peak › sort own'],
    ['callers:load', 'peak › callers load'],
  ])('says what of the view "%s" is shown, as the screen does', async (written, shown) => {
    const html = String(await exportAs('html', parseSnapshot(SMALL), written));
    expect(html).toContain(`<title>${shown} · results.bin · memray-tree-ink</title>`);
    expect(html).toContain(`<p>${shown}</p>`);
  });

  test('shows the first levels without scripts', async () => {
    const html = String(await exportAs('html', NESTED));
    const plain = html.slice(html.indexOf('<main id="plain">'), html.indexOf('</main>'));
    expect(html).toContain('<h1>3.664MB · results.bin</h1>');
    let node = 0;
    const {tree} = filterCallTree(runTreeQuery(NESTED, 'all').tree, {
      hideImportSystem: false,
      hideUninteresting: true,
    });
    for (let level = 1; level <= 5; level++) {
      node = tree.firstChild[node]!;
      if (node < 0) break;
      const {function: name, bytes} = tree.getNode(node);
      expect(plain).toContain(`${formatBytes(bytes)} (`);
      expect(plain).toContain(name!.replace('<', '&lt;').replace('>', '&gt;'));
    }
  });

  test('names functions and their modules without scripts too', async () => {
    const html = String(await exportAs('html', parseSnapshot(SMALL), 'by:function'));
    expect(html).toContain('<li>6.300kB (78.75 %) load a.txt\n');
  });

  test('marks rows that are likely pools for small objects', async () => {
    const capture = {pythonAllocator: 'pymalloc', pythonVersion: '3.12.1'};
    const stack = (name: string) => [[name, 'a.txt', 1]] as const;
    const snapshot = buildSnapshot(
      [
        {stack: stack('mapped'), bytes: 2 ** 20},
        {stack: stack('other'), bytes: 2000},
      ],
      {capture},
    );
    const [mapped, other] = ['1.049MB 99.81 % mapped a.txt:1', '2.000kB 0.19 % other a.txt:1'];
    const page = await openExport(snapshot);
    expect(await readRows(page)).toEqual([
      '1 1.051MB 100.00 % <ROOT> ',
      `2 ${mapped} ◌ small-object pool`,
      `2 ${other}`,
    ]);
    const html = String(await exportAs('html', snapshot));
    expect(html.match(/◌ small-object pool\n/g)).toHaveLength(1);
    expect(html).toContain('mapped a.txt:1 ◌ small-object pool');
  });

  test('shows nothing that needs scripts where they do not run', async () => {
    const page = await openPage(withoutScript(String(await exportAs('html', NESTED))));
    expect(await listShown(page, 'h1, h2, input, section, footer, main')).toEqual(['h1', 'main']);
  });

  test('finds functions, files and modules', async () => {
    const page = await openExport(parseSnapshot(SMALL));
    await page.evaluate(`document.getElementById('search').focus()`);
    for (const key of 'b.txt') await page.press(key);
    await page.evaluate(nextFrame);
    expect(await page.evaluate(`document.getElementById('found').textContent`)).toBe('1/1 found');
    expect(await page.evaluate(`document.querySelector('#tree .selected .function').textContent`)).toBe(
      'parse',
    );
    expect(await page.evaluate(`document.querySelector('#flame .match').textContent`)).toBe('parse');
    await page.evaluate(`document.getElementById('search').value = ''`);
    for (const key of 'load') await page.press(key);
    await page.press('Enter');
    await page.evaluate(nextFrame);
    expect(await page.evaluate(`document.getElementById('found').textContent`)).toBe('2/2 found');
  });

  test('zooms into the flame graph and out of it', async () => {
    const page = await openExport(parseSnapshot(SMALL));
    await page.evaluate(
      `[...document.querySelectorAll('.bar')].find(bar => bar.title.includes('a.txt:5')).click()`,
    );
    await page.evaluate(nextFrame);
    const bars = await readBars(page);
    expect(bars).toContain('load 2.300kB 28.75 % 100.00');
    expect(bars).toContain('parse 300.000B 3.75 % 13.04');
    expect(await page.evaluate(`document.getElementById('facts').textContent`)).toContain(
      'total 2.300kB (28.75 %), 5 allocations · own 2.000kB (25.00 %), 2 allocations',
    );
    await page.evaluate(`document.getElementById('flame').focus()`);
    await page.press('Escape');
    await page.evaluate(nextFrame);
    expect(await readBars(page)).toContain('main 7.310kB 91.38 % 91.38');
  });

  test('shows names as text, whatever they are', async () => {
    const names = [
      '</script><script>document.title="owned"</script>',
      '<img src=x onerror="document.title=1">',
      '"><b id=owned>',
      '__proto__',
      'a\u2028b',
      "'; alert(1); '",
      '<!--',
      '\0x',
      ']]>',
    ];
    const snapshot = buildSnapshot(
      names.map((name, index) => ({stack: [[name, `${name}.txt`, 1]], bytes: 100 - index, thread: name})),
    );
    const page = await openExport(snapshot);
    const rows = await page.evaluate<string[]>(
      `[...document.querySelectorAll('#tree .row .function')].map(cell => cell.textContent)`,
    );
    expect(rows).toEqual(['<ROOT>', ...names]);
    expect(await page.evaluate('document.title')).toBe('peak · results.bin · memray-tree-ink');
    expect(await page.evaluate(`document.querySelectorAll('#owned, img, b').length`)).toBe(0);
    expect(page.log).toHaveLength(1);
  });
});

test('200,000 nodes take at most 5 MB, and open', async () => {
  const stacks = Array.from({length: 100_000}, (_, index) => ({
    stack: [
      [`function_number_${index % 5000}`, `/srv/app/package_${index % 300}/module.py`, (index % 700) + 1],
      [`callee_${index % 7000}`, `/srv/app/other_${index % 400}/module.py`, index + 1],
    ] as const,
    bytes: 1000 + ((index * 7919) % 100_003),
  }));
  const html = await exportAs('html', buildSnapshot(stacks));
  expect(html.length).toBeLessThan(5e6);
  const page = await openExport(buildSnapshot(stacks));
  expect(await page.evaluate(`document.querySelectorAll('#tree .row').length`)).toBeGreaterThan(10);
});
