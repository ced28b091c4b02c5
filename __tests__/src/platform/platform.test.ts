import {expect, test} from 'vitest';
import {getPlatform} from '../../../src/platform/platform.js';

const windows = getPlatform('win32');
const macOs = getPlatform('darwin');
const linux = getPlatform('linux');

test('Windows differs, macOS and Linux are alike', () => {
  expect(macOs).toBe(linux);
  expect(linux).toMatchObject({
    spareRows: 0,
    keyboardPath: '/dev/tty',
    hasJobControl: true,
    hasFileModes: true,
  });
  expect(windows).toMatchObject({
    spareRows: 1,
    keyboardPath: '\\\\.\\CONIN$',
    hasJobControl: false,
    hasFileModes: false,
  });
});

test.each([
  'C:\\src\\con',
  'C:\\src\\CON.py',
  'nul',
  'NUL:',
  'C:/src/com1',
  'C:\\src\\lpt9 .txt',
  'C:\\COM¹',
  'conout$',
  '\\\\.\\PhysicalDrive0',
  '\\\\?\\GLOBALROOT\\x',
])('%s is a device on Windows', path => {
  expect(windows.isSystemPath(path)).toBe(true);
  expect(linux.isSystemPath(path)).toBe(false);
});

test.each(['C:\\src\\console.py', 'C:\\con\\x.py', 'C:\\src\\com10.py', 'C:\\src\\my-nul.py', 'D:\\aux1.py'])(
  '%s is a file on Windows',
  path => {
    expect(windows.isSystemPath(path)).toBe(false);
  },
);

test.each(['/dev/zero', '/proc/kmsg', '/sys', '/proc/self/mem'])(
  '%s leads into the system elsewhere',
  path => {
    expect(linux.isSystemPath(path)).toBe(true);
    expect(windows.isSystemPath(path)).toBe(false);
  },
);

test.each(['/device/x.py', '/home/dev/x.py', '/procs/x.py'])('%s does not', path => {
  expect(linux.isSystemPath(path)).toBe(false);
});

test.each<[Record<string, string>, boolean, boolean]>([
  [{}, true, false],
  [{TERM: 'linux'}, false, true],
  [{TERM: 'xterm-256color'}, true, true],
  [{WT_SESSION: '1'}, true, true],
  [{TERM_PROGRAM: 'vscode'}, true, true],
  [{WT_SESSION: ''}, true, false],
])('symbols with %j', (env, onLinux, onWindows) => {
  expect([linux.hasSymbols(env), windows.hasSymbols(env)]).toEqual([onLinux, onWindows]);
});
