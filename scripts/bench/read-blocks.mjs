// Reads a capture twice more after a first reading, without blocks and with those of the peak, and prints the CPU
// time of each in milliseconds.
//   node read-blocks.mjs CAPTURE
import '../typescript.mjs';

const {openSource} = await import('../../src/reader/open-source.ts');
const {runLoad} = await import('../../src/reader/run-load.ts');

const [path] = process.argv.slice(2);

async function read(options) {
  const start = process.cpuUsage();
  let last;
  const all = {view: {kind: 'peak'}, biggestAllocs: Infinity, getWantedPartial: () => null, ...options};
  await runLoad(
    () => openSource(path),
    all,
    message => {
      last = message;
    },
  );
  if (last.type !== 'done') throw new Error(last.message);
  const {user, system} = process.cpuUsage(start);
  return {cpuMs: (user + system) / 1000, snapshot: last.snapshot};
}

const {peakRecords} = (await read({})).snapshot.capture.run;
const plain = (await read({})).cpuMs;
const blocks = (await read({blocks: true, peakRecords})).cpuMs;
process.stdout.write(JSON.stringify({plain, blocks}));
