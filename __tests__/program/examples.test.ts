import {spawnSync} from 'node:child_process';
import {dirname} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {readPage} from '../helpers/documents.js';
import {nodeBinary, openTerminal, projectRoot, type Terminal} from '../helpers/terminal.js';

// The examples as they are in a clone, by the commands of docs/embedding.md.

let terminal: Terminal | null = null;
afterEach(() => {
  terminal?.dispose();
  terminal = null;
});

const page = readPage('docs/embedding.md');

function open(example: string, columns: number): Terminal {
  const command = page.split('\n').find(line => line.startsWith(`npx node examples/${example}/`));
  if (command === undefined) throw new Error(`the page does not say how to run ${example}`);
  const env = {
    PATH: `${dirname(nodeBinary)}:${process.env.PATH}`,
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  terminal = openTerminal([], {
    command: ['/bin/sh', '-c', command],
    cwd: projectRoot,
    env,
    columns,
    rows: 20,
  });
  return terminal;
}

describe('the example of an app', () => {
  test.each([80, 110, 150])('has an unbroken frame of %s columns, and its keys work', async columns => {
    const {waitFor, lines, press, exited} = open('host-app', columns);
    await waitFor('"<ROOT>"');
    press('down');
    await waitFor('"_run_tracker"');
    const top = lines().findIndex(line => line.startsWith('╭'));
    const edge = lines()[top]!.indexOf('╮');
    expect(edge).toBe(columns - 32);
    const rows = lines().slice(top + 1, top + 13);
    expect(rows.map(row => row.startsWith('│'))).toEqual(rows.map(() => true));
    expect(lines()[top + 13]).toMatch(/^╰─+╯/);
    // Wide signs take two cells and one character of the line.
    for (const row of rows)
      expect([...row].lastIndexOf('│')).toBe(edge - [...row.matchAll(/[📂📄]/gu)].length);
    press('q');
    expect((await exited).code).toBe(0);
  });
});

describe('the example of two trees', () => {
  /** The selected rows of both trees, and what stands below each of them. */
  function readPanes(lines: readonly string[]): readonly (readonly string[])[] {
    const rows = lines.filter(line => line.startsWith('│')).map(line => line.split('│'));
    const selected = [1, 3].map(
      pane => rows.map(parts => parts[pane]!).find(part => /^[❯›]/.test(part)) ?? '',
    );
    const below = lines.find(line => / bytes$/.test(line))!.split(/ {2,}/);
    return [0, 1].map(pane => [selected[pane]!.slice(1).replace(/^.*[📂📄] (\S+).*$/u, '$1'), below[pane]!]);
  }

  /** The signs of the cursors, of the left tree first. */
  function readSigns(lines: readonly string[]): string {
    const rows = lines.filter(line => line.startsWith('│')).map(line => line.split('│'));
    return [1, 3].map(pane => rows.map(parts => parts[pane]!.replace(/[^❯›]/g, '')).join('')).join('');
  }

  test('gives the keys to one tree at a time; Tab moves them', async () => {
    const {waitFor, lines, press, exited} = open('two-trees', 110);
    await waitFor('<ROOT>: 37737471 bytes');
    press('down', 'down');
    await waitFor('<module>: 36573');
    const [left] = readPanes(lines());
    expect(readSigns(lines())).toBe('❯›');
    press('tab');
    await waitFor('▸ fixed.bin');
    expect(readSigns(lines())).toBe('›❯');
    press('down');
    await waitFor('_run_tracker: 16781');
    expect(readPanes(lines())).toEqual([left, ['_run_tracker', '_run_tracker: 16781085 bytes']]);
    press('left');
    await waitFor(screen => screen.split('newsroom:54').length === 2);
    press('tab');
    await waitFor('▸ newsroom.bin');
    press('up');
    await waitFor('_run_tracker: 36626');
    expect(readPanes(lines()).map(([selected]) => selected)).toEqual(['_run_tracker', '_run_tracker']);
    press('q');
    expect((await exited).code).toBe(0);
  });
});

describe('the example of a check for CI', () => {
  const check = (...args: readonly string[]) => {
    const path = `${projectRoot}examples/ci-check/what-has-grown.js`;
    const {status, stdout, stderr} = spawnSync(nodeBinary, [path, ...args], {
      cwd: projectRoot,
      encoding: 'utf8',
    });
    return {status, stdout, stderr};
  };
  const [before, after] = ['examples/newsroom/newsroom.bin', 'examples/newsroom/fixed.bin'];

  test('exits with 0 where the growth is within the limit', () => {
    expect(check(before, after, '5000000')).toEqual({
      status: 0,
      stdout:
        '+3145728 bytes  /srv/newsroom/search_index.py tokenize\ngrown: 1, by more than 5000000 bytes: 0\n',
      stderr: '',
    });
    expect(check(before, after, '3145727').status).toBe(1);
  });

  test.each([
    ['missing.bin', 'missing.bin: no such file\n'],
    ['__tests__/fixtures/captures/bad/raw-cut-third.bin', /: the recording has no end\n$/],
    ['__tests__/fixtures/captures/bad/raw-unknown-record.bin', /^__tests__.*\n$/],
  ])('exits with 2 for %s', (path, message) => {
    const {status, stdout, stderr} = check(before, path);
    expect({status, stdout}).toEqual({status: 2, stdout: ''});
    expect(stderr).toMatch(message);
    expect(check(path, before)).toEqual({status, stdout, stderr});
  });

  test('exits with 2 where it is called in a wrong way', () => {
    expect(check(before)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'Usage: node what-has-grown.js BASE CAPTURE [BYTES]\n',
    });
    expect(check(before, after, 'much').status).toBe(2);
  });
});

test('the example of a file browser shows a folder of the clone', async () => {
  const {waitFor, press, exited} = open('file-browser', 70);
  await waitFor(/KiB +100 % .*📁 src$/m);
  press('down');
  await waitFor(/^.*\/src\/\w+$/m);
  press('q');
  expect((await exited).code).toBe(0);
});

test.each([
  ['host-app', 110, '"<ROOT>"'],
  ['two-trees', 110, '<ROOT>: 37737471 bytes'],
  ['file-browser', 70, ' src'],
])('q in a search does not quit the example %s', async (example, columns, start) => {
  const {waitFor, press, exited} = open(example, columns);
  await waitFor(start);
  press('/', 'r', 'e', 'q');
  await waitFor('/req');
  press('enter');
  await waitFor(/\/req {2}(\d+\/\d+|no match)/);
  press('q');
  expect((await exited).code).toBe(0);
});
