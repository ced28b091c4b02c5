// `npm run picture`: opens the example capture in a real pseudo-terminal, walks through it, and draws the screens
// that the documents show (picture/pictures.ts). For a look at another screen:
// node scripts/picture.mjs OUT.svg COLUMNSxROWS KEYS(comma separated) TEXT-TO-WAIT-FOR [ARGUMENT …]
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import './ensure-built.mjs';
import './typescript.mjs';

const {drawPicture} = await import('./picture/draw-picture.ts');
const {pictures} = await import('./picture/pictures.ts');

const root = fileURLToPath(new URL('..', import.meta.url));
const [file, size = '120x32', keys = '', awaited = '', ...args] = process.argv.slice(2);
const asked = {file, size, keys: keys.split(',').filter(Boolean), awaited, ...(args.length > 0 && {args})};
const wanted =
  file === undefined ? pictures.map(picture => ({...picture, file: `${root}${picture.file}`})) : [asked];

for (const picture of wanted) {
  const svg = await drawPicture(picture);
  mkdirSync(dirname(picture.file), {recursive: true});
  writeFileSync(picture.file, svg);
}
