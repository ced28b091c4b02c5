import {expect, test} from 'vitest';
import {watchCurrentDirectory} from '../../bin/current-directory.js';

function open(env: Record<string, string> = {}) {
  let path: string | null = '/home/me';
  const host = {
    env,
    cwd(): string {
      if (path === null) throw new Error('ENOENT');
      return path;
    },
    chdir(newPath: string) {
      path = newPath;
    },
  };
  const original = host.cwd;
  const directory = watchCurrentDirectory(host, () => original.call(host));
  const remove = () => {
    path = null;
  };
  return {host, directory, remove, getReal: () => original.call(host)};
}

test('the current directory keeps its name when it is deleted', () => {
  const {host, remove} = open();
  expect(host.cwd()).toBe('/home/me');
  remove();
  expect(host.cwd()).toBe('/home/me');
});

test('one that was deleted before has the name that the shell knows', () => {
  const {host, remove} = open({PWD: '/home/you'});
  remove();
  expect(host.cwd()).toBe('/home/you');
});

test('it is left only when it is deleted, and keeps its name then', () => {
  const {host, directory, remove, getReal} = open();
  expect(directory.leaveIfDeleted()).toBe(false);
  expect(getReal()).toBe('/home/me');
  remove();
  expect(directory.leaveIfDeleted()).toBe(true);
  expect(getReal()).toBe('/');
  expect(host.cwd()).toBe('/home/me');
  expect(directory.leaveIfDeleted()).toBe(true);
});
