import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {findObstacles, stagePackage, toAbsoluteLinks} from '../../scripts/release/stage.js';
import {projectRoot} from '../helpers/terminal.js';

const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-release-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test('links and pictures of the README lead to the repository', () => {
  const readme =
    '![The screen](docs/screen.svg) [comparing](docs/comparing.md) [`host`](examples/host) [up](#top) [memray](https://example.org)';
  expect(toAbsoluteLinks(readme, {homepage: 'https://github.com/ann/tree#readme', version: '1.2.3'})).toBe(
    '![The screen](https://github.com/ann/tree/raw/v1.2.3/docs/screen.svg) ' +
      '[comparing](https://github.com/ann/tree/blob/v1.2.3/docs/comparing.md) ' +
      '[`host`](https://github.com/ann/tree/blob/v1.2.3/examples/host) [up](#top) [memray](https://example.org)',
  );
});

test('pictures for dark and light backgrounds lead to the repository', () => {
  const readme =
    '<picture><source srcset="docs/screen.svg"><img src="docs/screen-light.svg"><img src="https://example.org/a.svg">';
  expect(toAbsoluteLinks(readme, {homepage: 'https://github.com/ann/tree#readme', version: '1.2.3'})).toBe(
    '<picture><source srcset="https://github.com/ann/tree/raw/v1.2.3/docs/screen.svg">' +
      '<img src="https://github.com/ann/tree/raw/v1.2.3/docs/screen-light.svg"><img src="https://example.org/a.svg">',
  );
});

test('what is published has no scripts, and every file that its manifest names', () => {
  stagePackage(projectRoot, folder);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  expect(Object.keys(manifest).filter(key => /scripts|dependencies$|overrides/i.test(key))).toEqual([
    'peerDependencies',
  ]);
  const named = Object.values(manifest.exports).flatMap(each =>
    typeof each === 'string' ? [each] : Object.values(each as Readonly<Record<string, string>>),
  );
  const paths = [...named, ...Object.values<string>(manifest.bin), 'LICENSE', 'schemas/budget.schema.json'];
  expect(paths.filter(path => !existsSync(join(folder, path)))).toEqual([]);
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  expect(readme).not.toMatch(/(?:\]\(|src="|srcset=")(?![a-z]+:|#)/);
});

test('a wrong tag is not published', () => {
  expect(findObstacles(projectRoot, 'v9.9.9')[0]).toMatch(
    /^the tag is v9\.9\.9, but package\.json has version /,
  );
});
