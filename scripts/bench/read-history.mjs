// Reads a capture several times, in turn without the history and with it, and prints the CPU times of each kind in
// milliseconds. The first reading of each kind is not counted: until then the code is not compiled to its end.
//   node read-history.mjs CAPTURE ROUNDS
import '../typescript.mjs';

const {openSource} = await import('../../src/reader/open-source.ts');
const {runLoad} = await import('../../src/reader/run-load.ts');

const [path, rounds] = process.argv.slice(2);

async function read(history) {
  globalThis.gc?.();
  const start = process.cpuUsage();
  let last;
  const options = {view: {kind: 'peak'}, biggestAllocs: 200, getWantedPartial: () => null, history};
  await runLoad(
    () => openSource(path),
    options,
    message => {
      last = message;
    },
  );
  if (last.type !== 'done') throw new Error(last.message);
  const {user, system} = process.cpuUsage(start);
  return (user + system) / 1000;
}

const plain = [];
const history = [];
for (let round = 0; round <= Number(rounds); round++) {
  plain.push(await read(false));
  history.push(await read(true));
}
process.stdout.write(JSON.stringify({plain: plain.slice(1), history: history.slice(1)}));
