import {expect, test} from 'vitest';
import {parseCliOptions} from '../../bin/cli-options.js';
import {explainNoTimeline, formatTimelineReport} from '../../bin/timeline-report.js';
import {fixturesDirectory} from '../helpers/captures.js';
import {runProgram} from '../helpers/run-program.js';
import {buildHills} from '../helpers/timeline-builder.js';
import {parseSnapshot} from '../helpers/tree-text.js';

const timeline = buildHills();

async function print(line: string): Promise<string> {
  const command = parseCliOptions([...line.split(' '), 'results.bin']);
  if (command.kind !== 'run') throw new Error(command.kind);
  return [...(await formatTimelineReport(command.options, timeline))].join('');
}

test('text in 80 columns, unless it goes to a terminal', async () => {
  const lines = (await print('--timeline -o out.txt')).split('\n');
  expect(lines).toHaveLength(15);
  expect(Math.max(...lines.map(line => line.length))).toBe(80);
  expect(await print('--timeline --ascii -o out.txt')).toMatch(/^[\n -~]*$/);
});

test('JSON and comma-separated values', async () => {
  expect(JSON.parse(await print('--timeline --json'))).toMatchObject({format: 'memray-tree-ink/timeline'});
  expect(JSON.parse(await print('--timeline -o out.json')).points).toHaveLength(100);
  expect(await print('--timeline --csv')).toMatch(/^kind,allocation_records,/);
});

test('what has none says so', async () => {
  const snapshot = parseSnapshot('main app.py:1 100');
  expect(explainNoTimeline({...snapshot, timeline})).toBeNull();
  expect(explainNoTimeline(snapshot)).toBe('the course of the run is not known');
  const file = `${fixturesDirectory}/aggregate-middle.bin`;
  expect(await runProgram(['--timeline', file])).toEqual({
    code: 1,
    stdout: '',
    stderr: `memray-tree-ink: ${file}: was recorded with --aggregate, which keeps nothing of the course of the run\n`,
  });
});
