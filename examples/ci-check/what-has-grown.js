// A check for CI, without React: reads two captures, prints the functions that hold more than before, and
// exits with 1 if one of them has grown by more than a limit, or with 2 if that cannot be judged. In a clone
// where `npm start` has been run:
//
//   npx node examples/ci-check/what-has-grown.js examples/newsroom/fixed.bin examples/newsroom/newsroom.bin 1000000
//
// To use it elsewhere, copy it beside a package.json with "type": "module", and run
// `npm install memray-tree-ink` there.
import {readCapture} from 'memray-tree-ink/headless';

const [basePath, path, limitText = '1000000'] = process.argv.slice(2);
const limit = Number(limitText);
if (path === undefined || !(limit >= 0)) {
  process.stderr.write('Usage: node what-has-grown.js BASE CAPTURE [BYTES]\n');
  process.exit(2);
}

/** The bytes that each function has allocated itself, by its file and name. */
async function readFunctions(capturePath) {
  // The steps are those of the command line. In a table, all rows are children of the root.
  const {tree, capture, damage} = await readCapture(capturePath, {view: 'flat by:function'});
  // Part of a recording is not enough: nobody knows what the rest would have needed.
  if (damage) throw new Error(`${capturePath}: ${damage.message}`);
  if (!capture.finished) throw new Error(`${capturePath}: the recording has no end`);
  const nodes = tree.getChildren(tree.root).map(child => tree.getNode(child));
  return new Map(nodes.map(node => [`${node.file} ${node.function}`, node.selfBytes]));
}

/** The functions of both captures, or the end of this program with the reason on standard error. */
async function readBoth() {
  try {
    return [await readFunctions(basePath), await readFunctions(path)];
  } catch (error) {
    // A CaptureError has the path that could not be read apart from its message.
    process.stderr.write(`${error.path ? `${error.path}: ` : ''}${error.message}\n`);
    process.exit(2);
  }
}

const [base, now] = await readBoth();
const grown = [...now]
  .map(([name, bytes]) => ({name, growth: bytes - (base.get(name) ?? 0)}))
  .filter(({growth}) => growth > 0)
  .sort((a, b) => b.growth - a.growth);
const tooMuch = grown.filter(({growth}) => growth > limit);
for (const {name, growth} of grown.slice(0, 5)) process.stdout.write(`+${growth} bytes  ${name}\n`);
process.stdout.write(`grown: ${grown.length}, by more than ${limit} bytes: ${tooMuch.length}\n`);
process.exitCode = tooMuch.length > 0 ? 1 : 0;
