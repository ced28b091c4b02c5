import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Ajv} from 'ajv';
import {expect, test} from 'vitest';
import {openBrowser} from '../../helpers/browser.js';
import {fixturesDirectory} from '../../helpers/captures.js';
import {findChromium} from '../../helpers/chromium.js';
import {exportAs} from '../../helpers/export-formats.js';
import {readSnapshot} from '../../helpers/read-snapshot.js';
import {projectRoot} from '../../helpers/terminal.js';

// speedscope itself reads the files: its schema, and its page in a browser.

const RELEASE = join(projectRoot, 'node_modules/speedscope/dist/release');
const SCHEMA = JSON.parse(readFileSync(join(RELEASE, 'file-format-schema.json'), 'utf8')) as object;

const read = (name: string) => readSnapshot(`${fixturesDirectory}/${name}.bin`, {biggestAllocs: Infinity});

test.each(['nested', 'threads', 'unicode', 'hostile', 'empty', 'deep'])(
  'the file of %s is valid by the schema',
  async name => {
    const ajv = new Ajv({strict: false});
    const isValid = ajv.validate(SCHEMA, JSON.parse(String(await exportAs('speedscope', read(name)))));
    expect(ajv.errors).toBeNull();
    expect(isValid).toBe(true);
  },
);

test('the page of speedscope shows the peak', async ({skip}) => {
  const chromium = findChromium();
  if (chromium === null) return skip('needs Chromium');
  const folder = mkdtempSync(join(tmpdir(), 'memray-tree-ink-speedscope-'));
  const browser = await openBrowser(chromium);
  try {
    const file = await exportAs('speedscope', read('nested'));
    // What `speedscope FILE` opens: a script that hands over the file, named in the address of the page.
    const script = join(folder, 'profile.js');
    writeFileSync(
      script,
      `speedscope.loadFileFromBase64("nested.speedscope.json", "${file.toString('base64')}")`,
    );
    const url = `${pathToFileURL(join(RELEASE, 'index.html')).href}#localProfilePath=${script}&view=sandwich`;
    const page = await browser.open(url);
    await page.evaluate(`new Promise(resolve => {
      const look = () =>
        document.body.innerText.includes('make_row') ? resolve(true) : requestAnimationFrame(look);
      look();
    })`);
    const text = await page.evaluate<string>('document.body.innerText');
    expect(text).toContain('main');
    // Its units have base 1024: 711,375 bytes.
    expect(text).toContain('694.70 KB');
    expect(text).toContain('(19%)');
  } finally {
    await browser.close();
    rmSync(folder, {recursive: true, force: true});
  }
});
