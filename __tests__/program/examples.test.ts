import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {nodeBinary, openTerminal, projectRoot, type Terminal} from '../helpers/terminal.js';

// The examples as they are in a clone, by the commands of the README.

let terminal: Terminal | null = null;
afterEach(() => {
  terminal?.dispose();
  terminal = null;
});

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');

function open(example: string, columns: number): Terminal {
  const command = readme.split('\n').find(line => line.startsWith(`npx node examples/${example}/`));
  if (command === undefined) throw new Error(`the README does not say how to run ${example}`);
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

test('the example of a file browser shows a folder of the clone', async () => {
  const {waitFor, press, exited} = open('file-browser', 70);
  await waitFor(/KiB +100 % .*📁 src$/m);
  press('down');
  await waitFor(/^.*\/src\/\w+$/m);
  press('q');
  expect((await exited).code).toBe(0);
});
