import {expect, it} from 'vitest';
import {fixturesDirectory} from '../helpers/captures.js';
import {openTerminal} from '../helpers/terminal.js';

it('reads the selected row and its facts as sentences to a screen reader', async () => {
  const {waitFor, press, screen, output, exited, dispose, isAlternateScreen} = openTerminal(
    [`${fixturesDirectory}/nested.bin`],
    {columns: 100, rows: 30, env: {INK_SCREEN_READER: 'true'}},
  );
  await waitFor('Row 1 of 15: <ROOT>.');
  press('down', 'down');
  await waitFor('Row 3 of 15: <module>, nested:47.');
  expect(screen()).toContain('3.621MB, 98.82 % of the total. Level 2, expanded, 2 children.');
  expect(screen()).toContain('Location: nested:47');
  expect(screen()).toMatch(/^[\x20-\x7e\n]*$/);
  expect(isAlternateScreen()).toBe(false);
  expect(output()).not.toContain('[?1000h');
  press('left');
  await waitFor('Level 2, collapsed, 2 children.');
  press('/', 'm', 'a');
  await waitFor('Search for: ma');
  press('escape');
  await waitFor(text => !text.includes('Search for'));
  press(';');
  await waitFor('Steps at this row.');
  press('down');
  await waitFor(/^Item 2 of \d+: root \S+, keeps /m);
  press('escape', 'f', 'r', 'o', 'w');
  await waitFor(/^Filter stacks by: row\n[\s\S]*^Steps: peak, through row: /m);
  press('escape', '3');
  await waitFor(/Own \S+, count \d+\. Table sorted by total\./);
  press('?');
  await waitFor('q: quit.');
  press('q');
  expect((await exited).code).toBe(0);
  dispose();
});
