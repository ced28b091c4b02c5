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
  expect(explainNoTimeline({...snapshot, capture: {...snapshot.capture, fileFormat: 'aggregated'}})).toBe(
    'was recorded with --aggregate, and holds no memory sizes over time',
  );
});

test('of an aggregated capture it is the recorded sizes over time', async () => {
  const file = `${fixturesDirectory}/aggregate-threads.bin`;
  const text = await runProgram(['--timeline', file]);
  expect(text).toMatchObject({code: 0, stderr: ''});
  expect(text.stdout.split('\n')[0]).toBe(
    'Heap recorded up to 1.102MB, resident memory up to 45.879MB (off scale), 34 ms',
  );
  const {stdout} = await runProgram(['--timeline', '--json', file]);
  const {points, cells} = JSON.parse(stdout);
  expect(cells).toEqual([]);
  expect(points.length).toBeGreaterThan(1);
  expect(points[1]).toMatchObject({record: 1, allocationRecords: null, rss: expect.any(Number)});
  const csv = await runProgram(['--timeline', '--csv', file]);
  expect(csv.stdout.split('\n')[1]).toMatch(/^point,,\d+,\d+,,0,\d+,\d+$/);
});
