import {existsSync, globSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {pictures} from '../scripts/picture/pictures.js';
import {listAnchors, listLinks, listPages, readPage} from './helpers/documents.js';
import {projectRoot} from './helpers/terminal.js';

const OTHERS = ['*.md', '{src,bin,components,hooks,scripts,examples,__tests__}/**/*.md'];
const FILES = [...new Set([...listPages(), ...globSync(OTHERS, {cwd: projectRoot})])].sort();

/** What a link within the repository leads to. */
function resolveLink({page, target}: {readonly page: string; readonly target: string}) {
  const [path = '', anchor] = target.split('#');
  return {path: path === '' ? page : join(dirname(page), decodeURI(path)), anchor};
}

function isInRepository({target}: {readonly target: string}): boolean {
  return !/^[a-z]+:/.test(target);
}

describe('the links of the documents', () => {
  const links = FILES.flatMap(listLinks).filter(isInRepository);

  test('are found', () => {
    expect(links.length).toBeGreaterThan(80);
    expect(listAnchors('docs/gates.md')).toContain('on-github');
  });

  test('lead to files and folders that are there', () => {
    const lost = links.filter(link => !existsSync(join(projectRoot, resolveLink(link).path)));
    expect(lost.map(({at, target}) => `${at} ${target}`)).toEqual([]);
  });

  test('lead to headings that are there', () => {
    const lost = links.filter(link => {
      const {path, anchor} = resolveLink(link);
      return anchor !== undefined && !listAnchors(path).has(anchor);
    });
    expect(lost.map(({at, target}) => `${at} ${target}`)).toEqual([]);
  });
});

describe('the pages for users', () => {
  test('are all named by the index', () => {
    const named = listLinks('docs/README.md').map(link => resolveLink(link).path);
    expect(listPages().filter(page => page !== 'docs/README.md' && !named.includes(page))).toEqual([]);
  });

  test('begin with one heading and have no other of its level', () => {
    const headings = listPages().map(
      page =>
        readPage(page)
          .replace(/^```.*?^```/gms, '')
          .match(/^# .*$/gm)?.length,
    );
    expect(headings).toEqual(listPages().map(() => 1));
    expect(listPages().filter(page => !readPage(page).startsWith('# '))).toEqual([]);
  });

  test('show all pictures, each for a dark and for a light background', () => {
    const shown = listPages().flatMap(page => {
      const pairs = readPage(page).matchAll(
        /<picture>\n {2}<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\n {2}<img alt="[^"]{20,}" src="([^"]+)">\n<\/picture>/g,
      );
      return Array.from(pairs, ([, dark, light]) => [
        join(dirname(page), dark!),
        join(dirname(page), light!),
      ]);
    });
    for (const [dark, light] of shown) expect(light).toBe(dark!.replace(/\.svg$/, '-light.svg'));
    expect([...new Set(shown.flat())].sort()).toEqual(pictures.map(({file}) => file).sort());
    const linked = listPages()
      .flatMap(listLinks)
      .filter(({target}) => target.endsWith('.svg'));
    expect(linked).toHaveLength(2 * shown.length);
  });

  test('the README is read in five minutes', () => {
    expect(readPage('README.md').split('\n').length).toBeLessThanOrEqual(220);
  });
});
