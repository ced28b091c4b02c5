// `npm run sweep`: cuts the small fixtures at every byte and flips every bit of some of them. What breaks a
// promise is reported.
//   --max-bytes N   only captures up to this size (25,000)      --step N   every N-th byte and bit (1)
import {readFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import './typescript.mjs';

const {fixturesDirectory, listCaptures} = await import('../__tests__/helpers/captures.ts');
const {decodeLz4} = await import('../__tests__/helpers/decode-lz4.ts');
const {sweepCuts, sweepFlips} = await import('../__tests__/helpers/fuzzing/sweeps.ts');
const {createTinyCaptures} = await import('../__tests__/helpers/fuzzing/tiny-captures.ts');

const MAX_FLIPPED_BYTES = 4096;

const text = {type: 'string'};
const {values} = parseArgs({options: {'max-bytes': text, step: text}});
const maxBytes = Number(values['max-bytes'] ?? 25_000);
const step = Number(values.step ?? 1);

const isLz4 = bytes => bytes.readUInt32LE() === 0x184d2204;
const real = listCaptures(fixturesDirectory)
  .filter(({name, goldens}) => !name.startsWith('bad/') && goldens.length > 0)
  .map(({name, path}) => ({name, bytes: readFileSync(path)}))
  .filter(({bytes}) => bytes.length > 0 && bytes.length <= maxBytes)
  .map(({name, bytes}) => ({name, bytes, content: isLz4(bytes) ? decodeLz4(bytes) : bytes}));

let finds = 0;

function run(name, what, sweep) {
  const startMs = performance.now();
  try {
    const cases = sweep();
    const seconds = (performance.now() - startMs) / 1000;
    process.stdout.write(`${name}: ${cases} ${what} in ${seconds.toFixed(1)} s\n`);
  } catch (error) {
    finds++;
    process.stdout.write(`${name}: ${error.stack}\n`);
  }
}

for (const {name, bytes, content} of [...createTinyCaptures(), ...real]) {
  run(name, 'cuts', () => sweepCuts(bytes, content, step));
  if (bytes.length <= MAX_FLIPPED_BYTES) run(name, 'flips', () => sweepFlips(bytes, step));
}
process.stdout.write(`${finds} finds\n`);
process.exitCode = finds > 0 ? 1 : 0;
