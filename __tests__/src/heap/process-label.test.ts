import {expect, test} from 'vitest';
import {getProgramName, labelProcess} from '../../../src/heap/process-label.js';

test.each([
  ['/usr/bin/memray run -q --follow-fork -o out.bin src/app.py --size 3', 'app.py'],
  ['/lib/memray/__main__.py run --native app.py', 'app.py'],
  ['memray run -o out.bin -m pkg.tool one two', 'pkg.tool'],
  ['memray run --output=out.bin --live-port 9000 app.py', 'app.py'],
  ['memray run -c print(1)', '-c'],
  ['memray run -o x naïve 名前.py 1', 'naïve 名前.py'],
  ['memray run -o x manage runserver', 'manage'],
  ['memray run', 'memray'],
  ['memray run -m', '-m'],
  ['/srv/app/worker.py 7', 'worker.py'],
  ['/srv/pkg/__main__.py', 'pkg'],
  ['/usr/bin/gunicorn app:app', 'gunicorn'],
  ['C:\\app\\worker.py', 'worker.py'],
  ['', ''],
  ['/', '/'],
])('the program of %j', (commandLine, name) => {
  expect(getProgramName(commandLine)).toBe(name);
});

test.each([
  [{commandLine: 'app.py', pid: 12, fileName: 'results.bin'}, 'app.py (pid 12)'],
  [{commandLine: 'app.py', pid: 13, fileName: 'results.bin.13'}, 'app.py (pid 13, forked)'],
  [{commandLine: 'app.py', pid: 13, fileName: 'results.bin.13.gz'}, 'app.py (pid 13, forked)'],
  [{commandLine: 'app.py', pid: 3, fileName: 'results.bin.13'}, 'app.py (pid 3)'],
  [{commandLine: 'app.py', pid: 13, fileName: 'memray-app.py.13.bin'}, 'app.py (pid 13)'],
  [{commandLine: '', pid: 13, fileName: '-'}, 'pid 13'],
])('%j', (process, label) => {
  expect(labelProcess(process)).toBe(label);
});
